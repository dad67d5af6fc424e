import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { SENT, type NewLead } from './lead-texts';
import { lead } from './schema';

const columns = getTableColumns(lead);

const list = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `);
const name = (field: keyof NewLead): SQL => sql`${sql.identifier(columns[field].name)}`;
/** An array whose elements are arrays themselves is taken apart as texts. */
const arrayOf = (type: string): SQL => sql.raw(type === 'timestamptz[]' ? 'text[]' : `${type}[]`);

/**
 * The statement that writes leads over what stands of them; one parameter a column, since a statement takes 65,535 of those and takes its time over each.
 * @param texts what `leadTexts` made of them
 * @param fresh whether none of them is there; then nothing is looked for
 */
export const leadsStatement = (workspaceId: string, texts: readonly string[], fresh: boolean): SQL => {
  const names = list(SENT.map(([field]) => name(field)));
  const read = list(SENT.map(([field, type]) => (type === 'timestamptz[]' ? sql`t.${name(field)}::timestamptz[]` : sql`t.${name(field)}`)));
  const next = list(SENT.filter(([field]) => field !== 'id').map(([field]) => sql`${name(field)} = excluded.${name(field)}`));
  return sql`
    insert into lead (workspace_id, ${names})
    select ${workspaceId}::uuid, ${read} from unnest(${list(SENT.map(([, type], place) => sql`${texts[place]}::${arrayOf(type)}`))}) as t(${names})
    ${fresh ? sql`` : sql`on conflict (workspace_id, id) do update set ${next}, version = lead.version + 1`}`;
};
