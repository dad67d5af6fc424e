import messages from '../messages/home.en.json';
import { texts } from '../../../ui/texts';

/** The few texts that Home needs, so that it does not load the others. */
export const t = texts(messages);
