import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import css from '../../../../ui/data.module.css';
import { FunctionLabel } from '../../../../ui/function-mark';
import { Answered } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { workspaceCalls } from '../../../workspace/web/public';
import { can } from '../../policy';
import { answerCalls } from './calls';
import { countText, t } from './text';

/** The figure whose leads are asked for: which answer, which key, what it is called, and how many leads it counts. */
export type Opened = { answer: 'usefulness' | 'slow' | 'dropout' | 'fast' | 'converting'; key: string; label: string; total: number };

/** The leads behind one figure. Names are for members; a viewer is told so. */
export const LeadsDrawer = ({ workspace, opened, onClose }: { workspace: string; opened: Opened | null; onClose: () => void }) => (
  <Drawer opened={opened !== null} onClose={onClose} position="right" title={opened?.label} size="min(420px, 100vw)">
    {opened && <Leads workspace={workspace} opened={opened} />}
  </Drawer>
);

const Leads = ({ workspace, opened }: { workspace: string; opened: Opened }) => {
  const here = useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));
  const member = here.data ? can(here.data.me, 'leads:read') : undefined;
  const leads = useQuery({ ...answerCalls.leads.queryOptions({ input: { workspace, answer: opened.answer, key: opened.key } }), enabled: member === true });
  if (member === false) return <p>{t('leads.forMembers')}</p>;
  return (
    <Answered query={leads} rows={6}>
      {(rows) => (
        <>
          <p className="meta">{rows.length === 0 ? t('leads.gone') : rows.length < opened.total ? t('leads.first', { shown: rows.length, total: countText(opened.total) }) : t('leads.count', { shown: rows.length })}</p>
          <table className={css.table}>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td><span className={css.strong} data-user-text>{row.name ?? row.company ?? t('blank')}</span><div className="meta" data-user-text>{[row.company, row.channel, row.reason].filter(Boolean).join(' · ')}</div></td>
                  <td><FunctionLabel fn={row.origin} /><div className="meta">{t(`end.${row.end}`)} · {t('leads.entered', { day: dayText(row.enteredAt) })}</div></td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Answered>
  );
};
