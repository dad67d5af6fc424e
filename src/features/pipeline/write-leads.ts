import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { sentRows } from '../../platform/db/sent-rows';
import { SENT, type LeadColumns, type NewLead } from './lead-texts';
import { lead } from './schema';

const columns = getTableColumns(lead);

const list = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `);
const name = (field: keyof NewLead): SQL => sql`${sql.identifier(columns[field].name)}`;

/**
 * The statement that writes leads over what stands of them; one parameter a column, since a statement takes 65,535 of those and takes its time over each.
 * @param sent what `leadTexts` made of them
 * @param fresh whether none of them is there; then nothing is looked for
 */
export const leadsStatement = (workspaceId: string, { ids, others }: LeadColumns, fresh: boolean): SQL => {
  const { values, from } = sentRows(['id', 'uuid', ids], SENT.map(([field, type], place) => [columns[field].name, type, others[place] ?? { all: null }]));
  const next = list(SENT.map(([field]) => sql`${name(field)} = excluded.${name(field)}`));
  return sql`
    insert into lead (workspace_id, id, ${list(SENT.map(([field]) => name(field)))})
    select ${workspaceId}::uuid, ${values} from ${from}
    ${fresh ? sql`` : sql`on conflict (workspace_id, id) do update set ${next}, version = lead.version + 1`}`;
};
