import { Button, Drawer, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FunctionLabel } from '../../../ui/function-mark';
import { Answered } from '../../../ui/page';
import { When } from '../../../ui/when';
import { OptedOut } from '../../customers/web/public';
import { pipelineCalls, type LeadTerm, type Stage } from './calls';
import css from './pipeline.module.css';
import { reasonText } from './reason-text';
import { leadText, t } from './text';

/** One lead: where it stands, what was offered and answered, and its whole log. */
export const LeadDrawer = ({ workspace, id, stages, onClose, onShow }: { workspace: string; id: string | null; stages: Map<string, Stage>; onClose: () => void; onShow: (term: string, version: number) => void }) => {
  const lead = useQuery(pipelineCalls.lead.queryOptions({ input: { workspace, id: id ?? '' }, enabled: id !== null }));
  const handoffs = useQuery(pipelineCalls.handoffs.queryOptions({ input: { workspace, lead: id ?? undefined }, enabled: id !== null }));
  const named = (stageId: string) => stages.get(stageId)?.name ?? t('value.archived');
  return (
    <Drawer opened={id !== null} onClose={onClose} title={lead.data ? leadText(lead.data) : t('lead.title')}>
      <Answered query={lead} rows={4}>
        {(data) => (
          <Stack gap="lg">
            {data.optedOut && <OptedOut whole />}
            <div><FunctionLabel fn={data.origin} /> <span className={css.quiet}>{[data.company, data.channel].filter(Boolean).join(' · ')}</span></div>
            <div>{t('lead.stands', { stage: named(data.stageId) })} <When at={data.stageSince} />{data.owner ? ` · ${t('lead.owner', { owner: data.owner })}` : ''}</div>
            {(handoffs.data?.rows.length ?? 0) > 0 && (
              <section>
                <h2 className="lead" style={{ margin: '0 0 8px' }}>{t('lead.handoffs')}</h2>
                <ul className={css.log}>{handoffs.data?.rows.map((row) => <li key={row.id}>{t(`handoff.${row.state}`)} {row.to ? t('handoff.to', { name: row.to }) : ''} · <When at={row.decidedAt ?? row.offeredAt} />{row.reason ? ` · ${row.reason}` : ''}{row.note ? <div className={css.quiet}>{row.note}</div> : null}</li>)}</ul>
              </section>
            )}
            {data.termVersions.length > 0 && <Terms terms={data.termVersions} named={named} onShow={onShow} />}
            <section>
              <h2 className="lead" style={{ margin: '0 0 8px' }}>{t('lead.log')}</h2>
              <ul className={css.log}>{data.log.toReversed().map((entry, at) => <li key={at}>{entry.withdraws ? t('log.withdrawn', { stage: named(entry.stageId) }) : named(entry.stageId)} · <When at={entry.at} show="both" /><div className={css.quiet}>{[entry.actor, t(`from.${entry.from}`), entry.reason && reasonText(entry.reason), entry.term && t('log.term', entry.term)].filter(Boolean).join(' · ')}</div></li>)}</ul>
            </section>
          </Stack>
        )}
      </Answered>
    </Drawer>
  );
};

/** The wordings it was qualified under; one signed since changes nothing about them. */
const Terms = ({ terms, named, onShow }: { terms: LeadTerm[]; named: (stageId: string) => string; onShow: (term: string, version: number) => void }) => (
  <section>
    <h2 className="lead" style={{ margin: '0 0 8px' }}>{t('lead.terms')}</h2>
    <ul className={css.log}>
      {terms.map(({ id, name, version, text, stageId, at }) => (
        <li key={id}>
          {t('lead.term', { name, version })} · {stageId && at ? <>{t('lead.term.stage', { stage: named(stageId) })} <When at={at} /></> : t('lead.term.offered')}
          <div className={css.quiet} data-user-text>{text}</div>
          {stageId && <Button size="compact-sm" variant="default" onClick={() => onShow(id, version)}>{t('lead.term.all')}</Button>}
        </li>
      ))}
    </ul>
  </section>
);
