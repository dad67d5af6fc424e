export { Carries } from './answers/carries';
export { reasonText } from './reason-text';
export { LeadsDrawer, useOpened, type Opened } from './leads-behind';
export { Opener } from './answers/parts';
