import { formatIcu, type Values } from '../../../lib/icu';
import { RULE, type Step } from '../domain/agenda';
import messages from '../messages/en.json';

export const say = (key: keyof typeof messages, values?: Values): string => formatIcu(messages[key], 'en', values);

export const stepTitle = ({ kind, title }: Pick<Step, 'kind' | 'title'>): string => { const { number } = RULE[kind]; return `${number === null ? '' : `${number}. `}${title || say(`kind.${kind}`)}`; };
