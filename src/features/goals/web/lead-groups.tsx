import { LeadsDrawer, Opener, useOpened } from '../../pipeline/web/public';
import dataCss from '../../../ui/data.module.css';
import { FunctionLabel } from '../../../ui/function-mark';
import type { MetricSplit } from '../domain/splits';
import type { Metrics } from './calls';
import css from './goals.module.css';
import { ORIGINS, partName, partQuery, type LeadQuery } from './metrics-table';
import { countText, t } from './text';
import type { Within } from './within';

const ENDS = ['open', 'won', 'lost', 'recycled'] as const;
const MEDIA = ['online', 'offline', null] as const;
type Group = Metrics['leads']['groups'][number];
type Split = Exclude<MetricSplit, 'none'>;

/** Sources under what they are: online, offline, or neither by their name. Other splits stand in one part. */
const partsOf = (groups: readonly Group[], split: Split): { medium: Group['medium'] | undefined; rows: readonly Group[] }[] =>
  split === 'channel' ? MEDIA.map((medium) => ({ medium, rows: groups.filter((row) => row.medium === medium) })).filter(({ rows }) => rows.length > 0) : [{ medium: undefined, rows: groups }];

/** Leads that entered in the period, by who brought them in, by source or by its kind, and what became of them. */
export const LeadGroups = ({ workspace, leads, split, within }: { workspace: string; leads: Metrics['leads']; split: Split; within: Within }) => {
  const [opened, setOpened] = useOpened('groups');
  const { from: enteredFrom, until: enteredTo, ...then } = within;
  const ofGroup = (label: string | null): LeadQuery => ({ ...then, enteredFrom, enteredTo, ...partQuery(label, split) });
  const figure = (label: string | null, count: number, end?: (typeof ENDS)[number]) => {
    const name = [partName(label, split), end && t(`leads.${end}`)].filter(Boolean).join(': ');
    return count === 0 ? countText(count) : <Opener label={name} onOpen={() => setOpened({ label: name, total: count, leads: { ...ofGroup(label), ...(end ? { end } : {}) } })}>{countText(count)}</Opener>;
  };
  return (
    <section className={dataCss.section} aria-labelledby="leads-by">
      <div><h2 id="leads-by" className="lead">{t(`leads.by.${split}`)}</h2><div className="meta">{t('leads.status', { open: leads.open, inProgress: leads.inProgress, qualified: leads.qualified, unqualified: leads.unqualified })}{split === 'medium' && ` ${t('leads.by.medium.note')}`}</div></div>
      <div className={dataCss.scroll}>
        <table className={`${dataCss.table} ${css.groups}`}>
          <thead><tr><th scope="col">{t(`split.${split}`)}</th>{(['leads', ...ENDS] as const).map((key) => <th key={key} scope="col" className={dataCss.number}>{t(`leads.${key}`)}</th>)}</tr></thead>
          {partsOf(leads.groups, split).map(({ medium, rows }) => (
            <tbody key={medium ?? ''}>
              {medium !== undefined && <tr className={css.heading}><th scope="rowgroup" colSpan={6}>{partName(medium, 'medium')}</th></tr>}
              {rows.map((row) => {
                const side = split === 'origin' ? ORIGINS.find((each) => each === row.label) : undefined;
                return (
                  <tr key={row.label ?? ''}>
                    <td>{side ? <FunctionLabel fn={side} /> : <span data-user-text>{partName(row.label, split)}</span>}</td>
                    <td className={dataCss.number}>{figure(row.label, row.leads)}</td>
                    {ENDS.map((end) => <td key={end} className={dataCss.number}>{figure(row.label, row[end], end)}</td>)}
                  </tr>
                );
              })}
            </tbody>
          ))}
        </table>
      </div>
      <LeadsDrawer workspace={workspace} opened={opened} onClose={() => setOpened(null)} />
    </section>
  );
};
