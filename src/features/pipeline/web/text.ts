import messages from '../messages/work.en.json';
import { texts } from '../../../ui/texts';

export const t = texts(messages);

const whole = new Intl.NumberFormat('en-GB');
export const countText = (value: number): string => whole.format(value);
export const amountText = (value: number): string => new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }).format(value);
export const percentText = (share: number): string => `${Math.round(share * 100)}%`;
export const leadText = ({ name, company }: { name: string | null; company: string | null }): string => name ?? company ?? t('lead.unnamed');
