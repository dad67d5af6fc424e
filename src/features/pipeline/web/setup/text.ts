import messages from '../../messages/setup.en.json';
import { texts } from '../../../../ui/texts';

export const t = texts(messages);
