import messages from '../messages/mine.en.json';
import { texts } from '../../../ui/texts';

export const t = texts(messages);
