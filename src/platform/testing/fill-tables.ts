import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';

interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
}
interface Reference {
  table: string;
  columns: string[];
  parent: string;
  parentColumns: string[];
}
type Row = Record<string, unknown>;

/** Texts that a careless copy would spoil. */
const AWKWARD = ['\\N', 'tab\there', 'line\nbreak', 'back\\slash', "quote ' and \"", '', 'Zoë Ångström 営業', '\r\n', '\\.', 'a,b;c'];

const valueOf = (type: string, index: number): unknown => {
  if (type.endsWith('[]')) return [valueOf(type.slice(0, -2), index), valueOf(type.slice(0, -2), index + 1)];
  const values: Record<string, () => unknown> = {
    uuid: randomUUID,
    text: () => `${AWKWARD[index % AWKWARD.length]}${randomBytes(4).toString('hex')}`,
    integer: () => index + 1,
    bigint: () => index + 1,
    smallint: () => index + 1,
    boolean: () => index % 2 === 0,
    bytea: () => randomBytes(40),
    jsonb: () => JSON.stringify({ n: index / 7, text: AWKWARD[index % AWKWARD.length] }),
    'double precision': () => index / 3,
    real: () => 0.5 + index,
    numeric: () => `${index}.10`,
    date: () => `2026-0${(index % 9) + 1}-15`,
    'timestamp with time zone': () => `2026-03-29T00:59:59.${100 + index}Z`,
  };
  const make = values[type];
  if (!make) throw new Error(`no value for type ${type}`);
  return make();
};

const WORKSPACE = randomUUID();

const columnsOf = async (client: pg.Client): Promise<Column[]> =>
  (
    await client.query<Column>(
      `select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
         from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by c.relname, a.attnum`,
    )
  ).rows;

const referencesOf = async (client: pg.Client): Promise<Reference[]> =>
  (
    await client.query<Reference>(
      `select k.conrelid::regclass::text as table, k.confrelid::regclass::text as parent,
              (select array_agg(attname::text order by o) from unnest(k.conkey) with ordinality u(n, o) join pg_attribute on attrelid = k.conrelid and attnum = n) as columns,
              (select array_agg(attname::text order by o) from unnest(k.confkey) with ordinality u(n, o) join pg_attribute on attrelid = k.confrelid and attnum = n) as "parentColumns"
         from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conparentid = 0`,
    )
  ).rows.map((row) => ({ ...row, table: row.table.replaceAll('"', ''), parent: row.parent.replaceAll('"', '') }));

const parentsFirst = (tables: string[], references: Reference[]): string[] => {
  const done: string[] = [];
  const visit = (table: string, path: string[]): void => {
    if (done.includes(table) || path.includes(table)) return;
    for (const { parent } of references.filter((each) => each.table === table)) visit(parent, [...path, table]);
    done.push(table);
  };
  // Many tables name a wave without a foreign key.
  for (const table of ['wave', ...tables]) visit(table, []);
  return done;
};

/**
 * Puts up to `count` awkward rows of one workspace into every table, foreign keys respected, whatever the tables are
 * today. Waves alternate between open and closed.
 * @returns tables that took no made-up row at all
 */
export const fillTables = async (ownerUrl: string, count: number): Promise<string[]> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const columns = await columnsOf(client);
  const references = await referencesOf(client);
  const rows = new Map<string, Row[]>();
  const refused: string[] = [];
  for (const table of parentsFirst([...new Set(columns.map((column) => column.table))], references)) {
    const made: Row[] = [];
    rows.set(table, made);
    for (let index = 0; index < count; index += 1) {
      const row: Row = {};
      for (const column of columns.filter((each) => each.table === table))
        row[column.name] = column.name === 'workspace_id' ? WORKSPACE : column.nullable && index % 3 === 0 ? null : valueOf(column.type, index);
      if (table === 'wave') row['state'] = index % 2 === 0 ? 'open' : 'closed';
      const waves = rows.get('wave');
      if ('wave_id' in row && waves?.length) row['wave_id'] = waves[index % waves.length]?.['id'];
      for (const reference of references.filter((each) => each.table === table)) {
        const parents = reference.parent === table ? made : (rows.get(reference.parent) ?? []);
        const parent = parents[index % Math.max(1, parents.length)];
        reference.columns.forEach((name, at) => {
          const nullable = columns.find((column) => column.table === table && column.name === name)?.nullable;
          row[name] = parent ? parent[reference.parentColumns[at] ?? ''] : nullable ? null : row[name];
        });
      }
      const names = Object.keys(row);
      try {
        await client.query(`insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row));
        made.push(row);
      } catch (error) {
        if (!/^23/.test((error as { code?: string }).code ?? '')) throw error;
      }
    }
    if (made.length === 0) refused.push(table);
  }
  await client.end();
  return refused;
};
