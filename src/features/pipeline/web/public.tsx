export { Carries } from './answers/carries';
export { LeadsDrawer, useOpened, type Opened } from './leads-behind';
export { Opener } from './answers/parts';
