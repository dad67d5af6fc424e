import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { isWhole, missingOf } from '../../domain/action-plan';
import { FunctionShape } from '../../../../ui/function-mark';
import { huddleCalls, type Record_ } from '../calls';
import { HandOver } from '../hand-over';
import css from '../huddle.module.css';
import { stepName, t } from '../text';

export const Route = createFileRoute('/w/$workspace/huddles/$huddle_/record')({ component: RecordPage });

const saveAs = (name: string, data: unknown): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

function RecordPage() {
  const { workspace, huddle } = Route.useParams();
  const record = useQuery(huddleCalls.record.queryOptions({ input: { workspace, id: huddle } }));
  const found = record.data;
  return (
    <Page
      title={found ? t('record.title', { name: found.name, disconnects: found.disconnects.length, actions: found.actions.length }) : t('record.tab')} tab={t('record.tab')}
      source={found ? [t(`phase.${found.phase}`), t('wall.here', { count: found.joined }), found.rehearsal ? t('plan.rehearsal') : ''].filter(Boolean).join(' · ') : undefined}
      actions={found && <><Button component="a" variant="default" href={`/api/workspaces/${workspace}/huddles/${huddle}/record.pdf`}>{t('record.pdf')}</Button><Button variant="default" onClick={() => saveAs('huddle.json', found)}>{t('record.data')}</Button></>}
    >
      <Answered query={record}>{(data) => <>{data.handedOver && <p className="meta" style={{ margin: 0 }}>{t('handOver.is')}</p>}{data.mayHandOver && data.disconnects.length > 0 && <HandOver workspace={workspace} record={data} />}<Told record={data} /></>}</Answered>
    </Page>
  );
}

const Told = ({ record }: { record: Record_ }) => {
  const steps = record.steps.filter(({ notes, withheld }) => notes.length > 0 || withheld > 0);
  if (steps.length === 0 && record.disconnects.length === 0 && record.actions.length === 0) return <EmptyState title={t('record.empty')}>{t('record.empty.text')}</EmptyState>;
  return (
    <div className={css.stack} style={{ gap: 32 }}>
      {record.disconnects.length > 0 && <section className={css.part}><h2 className="lead">{t('record.disconnects')}</h2><ol>{record.disconnects.map(({ id, text }) => <li key={id} data-user-text>{text}</li>)}</ol></section>}
      {record.actions.length > 0 && (
        <section className={css.part}>
          <h2 className="lead">{t('record.actions')}</h2>
          <ul className={css.notes}>
            {record.actions.map((action) => <li key={action.id} className={css.note}><div className={css.cardText} data-user-text><strong>{action.text}</strong><span>{action.side && <><FunctionShape fn={action.side} /> </>}{[action.owner, action.dueOn ? t('actions.due', { day: dayText(action.dueOn) }) : ''].filter(Boolean).join(' · ')}</span>{action.activities && <span>{action.activities}</span>}<span className="meta">{isWhole(action) ? t('actions.whole') : t('actions.lacks', { what: missingOf(action).map((each) => t(`lack.${each}`)).join(', ') })}</span></div></li>)}
          </ul>
        </section>
      )}
      {steps.map((step) => (
        <section key={step.id} className={css.part}>
          <h2 className="lead">{stepName(step)}</h2>
          {step.withheld > 0 && <p className="meta">{t('record.withheld', { count: step.withheld })}</p>}
          <div className={css.sides}>
            {[...new Set(step.notes.map(({ channel, room }) => `${channel} ${room ?? ''}`))].map((key) => {
              const [channel = '', room = ''] = key.split(' ');
              return <div key={key}><h3 data-room={room || undefined}>{t(`channel.${channel as 'link'}`)}{room ? ` · ${t(`fn.${room as 'sales'}`)}` : ''}</h3><ul>{step.notes.filter((note) => note.channel === channel && (note.room ?? '') === room).map((note, at) => <li key={at} data-user-text>{note.top ? <strong>{note.text}</strong> : note.text}{note.author && <span className="meta"> {note.author}</span>}{note.votes > 0 && <span className="meta"> {t('record.votes', { count: note.votes })}</span>}{note.under.length > 0 && <ul>{note.under.map((text, place) => <li key={place}>{text}</li>)}</ul>}</li>)}</ul></div>;
            })}
          </div>
        </section>
      ))}
    </div>
  );
};
