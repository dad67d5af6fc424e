export { peopleCalls } from './calls';
