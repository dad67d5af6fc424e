import messages from '../../messages/waves.en.json';
import { texts } from '../../../../ui/texts';

export const t = texts(messages);
