import { texts } from '../../../../ui/texts';
import messages from '../../messages/two-counts.en.json';

export const t = texts(messages);

const whole = new Intl.NumberFormat('en-GB');
export const figure = (value: number): string => whole.format(value);
