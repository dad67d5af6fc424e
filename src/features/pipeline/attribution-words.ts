import { IntlMessageFormat } from 'intl-messageformat';
import type { Reason } from './domain/attribution/attribute';
import type { Carry } from './domain/attribution/can-carry';
import messages from './messages/attribution.en.json';

export type AttributionKey = keyof typeof messages;

export const sayAttribution = (key: AttributionKey, values: Record<string, string | number> = {}): string =>
  String(new IntlMessageFormat(messages[key], 'en', undefined, { ignoreTag: true }).format(values));

export const reasonSentence = ({ code, ...values }: Reason): string => sayAttribution(`reason.${code}`, values);

/** The one sentence on what the data can carry. Margins under five points are told to a tenth, larger ones in whole points. */
export const carrySentence = ({ code, orders, margin }: Carry): string => {
  const points = margin ?? 0;
  return sayAttribution(`carry.${code}`, { orders, margin: points < 5 ? Math.round(points * 10) / 10 : Math.round(points) });
};
