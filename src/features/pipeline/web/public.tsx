export { Carries } from './answers/carries';
