import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { CopyField } from '../../../../ui/copy-field';
import { Answered, EmptyState } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { workspaceCalls } from '../calls';
import { ForThose, type Here, type Mail } from '../here';
import css from '../settings.module.css';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/settings/outbox')({ component: Outbox });

function Outbox() {
  const { workspace } = Route.useParams();
  return <ForThose workspace={workspace} who="outbox:read">{(here) => <OutboxPage here={here} />}</ForThose>;
}

const OutboxPage = ({ here }: { here: Here }) => {
  const rows = useQuery(workspaceCalls.outbox.queryOptions({ input: { workspace: here.id }, refetchInterval: ({ state }) => (here.mail && state.data?.some((mail) => stateOf(mail) === 'waiting') ? 5_000 : false) }));
  return (
    <div className={css.section}>
      <div className={css.notice}>
        {here.mail ? <p>{t('outbox.mailOn')}</p> : <><strong>{t('outbox.mailOff')}</strong><p>{t('outbox.mailOff.text')}</p></>}
      </div>
      <Answered query={rows}>
        {(mails) =>
          mails.length === 0 ? <EmptyState title={t('outbox.none')}>{t('outbox.none.text')}</EmptyState> : (
            <section aria-label={t('outbox.list')} className={css.rows}>{mails.map((mail) => <Letter key={mail.id} here={here} mail={mail} />)}</section>
          )
        }
      </Answered>
    </div>
  );
};

const stateOf = (mail: Mail): 'sent' | 'failed' | 'waiting' => (mail.failure ? 'failed' : mail.sentAt ? 'sent' : 'waiting');

const Letter = ({ here, mail }: { here: Here; mail: Mail }) => {
  const state = stateOf(mail);
  // Of reminders only the number is kept; it stands where other mails have their recipient.
  const reminders = mail.kind === 'survey-reminder' ? Number(mail.recipient) : null;
  return (
    <details className={css.mail}>
      <summary>
        {reminders === null ? <span data-user-text>{mail.recipient}</span> : <span>{t('outbox.reminder', { count: reminders })}</span>}
        {reminders === null ? <span data-user-text>{mail.subject}</span> : <span>{t('outbox.reminder.subject', { wave: mail.subject })}</span>}
        <span className={css.state} data-state={state}>{t(state === 'waiting' && !here.mail ? 'outbox.state.held' : `outbox.state.${state}`)}</span>
        <span className="meta"><When at={mail.sentAt ?? mail.createdAt} show="both" /></span>
      </summary>
      <div className={css.letter}>
        {mail.failure && <div role="note">{t('outbox.failed', { reason: mail.failure })}</div>}
        {reminders !== null && <div>{t('outbox.reminder.text')}</div>}
        {mail.kind === 'survey-invitation' && <div>{t('outbox.survey')}</div>}
        {mail.waveId && <a href={`/w/${here.id}/understand/waves/${mail.waveId}`}>{t('outbox.survey.open')}</a>}
        {mail.link && <><CopyField label={t('outbox.link')} value={mail.link} /><span className="meta">{t('outbox.link.used')}</span></>}
        {mail.body && <pre data-user-text>{mail.body}</pre>}
      </div>
    </details>
  );
};
