export { OptedOut } from './opted-out';
