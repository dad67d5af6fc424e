import messages from '../messages/en.json';
import { texts } from '../../../ui/texts';

export const t = texts(messages);
