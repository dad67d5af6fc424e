import type { z } from 'zod';
import type { linkPair } from './contract';
import { FIELDS_OF, type Field } from './domain/fields';
import type { QueuePair, QueueSide } from './queue-repo';

/** What a person compares two records by, in the order of reading. */
const COMPARED: readonly Field[] = ['name', 'firstName', 'lastName', 'email', 'phone', 'jobTitle', 'company', 'website', 'street', 'postcode', 'city', 'country', 'owner', 'status', 'enteredAt'];

const presentSide = ({ id, party, kind, key, sourceName, side, optedOut, data }: QueueSide): z.infer<typeof linkPair>['a'] => ({
  id, party, kind, key, sourceName, side, optedOut,
  fields: COMPARED.filter((field) => FIELDS_OF[kind].includes(field)).flatMap((field) => (data[field] === undefined ? [] : [{ field, value: data[field] }])),
});

export const presentPair = ({ a, b, state, probability, evidence, reasons, byPerson }: QueuePair): z.infer<typeof linkPair> => ({ a: presentSide(a), b: presentSide(b), state, probability, evidence, reasons, byPerson });
