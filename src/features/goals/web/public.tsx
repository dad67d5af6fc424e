export { goalsCalls } from './calls';
export { NumberFacts, NumberLine, numberSentence } from './number-line';
