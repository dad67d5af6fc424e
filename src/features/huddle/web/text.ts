import messages from '../messages/en.json';
import { texts } from '../../../ui/texts';
import { RULE, type Step } from '../domain/agenda';

export const t = texts(messages);

export const kindName = (kind: Step['kind']): string => t(`kind.${kind}`);
/** A step's own title, or its kind's name, behind its number in the template. */
export const stepName = ({ kind, title }: Pick<Step, 'kind' | 'title'>): string => { const { number } = RULE[kind]; return `${number === null ? '' : `${number}. `}${title || kindName(kind)}`; };
/** "1 h 30", "45 min". */
export const minutesText = (minutes: number): string => (minutes >= 60 ? t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }) : t('time.minutes', { minutes }));
const two = (count: number): string => String(count).padStart(2, '0');
/** Minutes and seconds; a minus once the time is over. @param ms milliseconds */
export const clockFace = (ms: number): string => { const all = Math.abs(Math.ceil(ms / 1_000)); return `${ms <= -1_000 ? '−' : ''}${two(Math.floor(all / 60))}:${two(all % 60)}`; };
export const codeText = (code: string): string => code.replace(/(.{4})(?=.)/gu, '$1-');
