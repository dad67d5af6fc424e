import { sql, type SQL } from 'drizzle-orm';
import type { SentColumn } from './array-literal';

/** A column's name, the type of its values (`instant` for milliseconds since 1970, which are read in a third of the time of a text), and what is sent of it. */
export type Sent = readonly [name: string, type: string, column: SentColumn];

const named = (column: string): SQL => sql`t.${sql.identifier(column)}`;

/**
 * Rows out of columns, as a query of them in their order. Arrays are taken apart in the select list, value by value: named in `from`, each would be laid
 * down as a table of its own first, which took longer than reading them.
 * @param key tells how many rows there are: an array literal
 */
export const sentRows = (key: readonly [name: string, type: string, array: string], others: readonly Sent[]): { values: SQL; from: SQL } => {
  const [name, type, array] = key;
  const unnested = (column: string, of: string, literal: string): SQL => sql`unnest(${literal}::${sql.raw(of)}[]) as ${sql.identifier(column)}`;
  const value = ([column, of, sent]: Sent): SQL => {
    const bare = 'all' in sent ? sql`${sent.all}::${sql.raw(of === 'instant' ? 'float8' : of)}` : named(column);
    if (of === 'instant') return sql`to_timestamp(${bare} / 1000.0)`;
    return 'lines' in sent || ('each' in sent && of.endsWith('[]')) ? sql`${bare}::${sql.raw(of)}` : bare;
  };
  const taken = ([column, of, sent]: Sent): SQL[] => {
    if ('lines' in sent) return [sql`string_to_table(${sent.lines}, chr(10)) as ${sql.identifier(column)}`];
    // An array whose elements are arrays themselves is taken apart as texts.
    return 'each' in sent ? [unnested(column, of === 'instant' ? 'float8' : of.endsWith('[]') ? 'text' : of, sent.each)] : [];
  };
  return { values: sql.join([named(name), ...others.map(value)], sql`, `), from: sql`(select ${sql.join([unnested(name, type, array), ...others.flatMap(taken)], sql`, `)}) as t` };
};
