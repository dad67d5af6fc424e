export { Carries } from './answers/carries';
export { LeadsDrawer, type Opened } from './leads-behind';
export { Opener } from './answers/parts';
