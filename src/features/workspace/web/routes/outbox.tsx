import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { CopyField } from '../../../../ui/copy-field';
import { say, sayFault } from '../../../../ui/notify';
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
  const rows = useQuery(workspaceCalls.outbox.queryOptions({ input: { workspace: here.id }, refetchInterval: ({ state }) => (here.mail && state.data?.some((mail) => mail.state === 'waiting' || mail.state === 'later') ? 5_000 : false) }));
  return (
    <div className={css.section}>
      <div className={css.notice}>
        {here.mail ? <p>{t('outbox.mailOn')}</p> : <><strong>{t('outbox.mailOff')}</strong><p>{t('outbox.mailOff.text')}</p></>}
      </div>
      <Answered query={rows}>
        {(mails) =>
          mails.length === 0 ? <EmptyState title={t('outbox.none')}>{t('outbox.none.text')}</EmptyState> : (
            <>
              {here.mail && mails.filter(canGoAgain).filter((mail) => mail.state === 'failed').length > 1 && <div><SendAgain here={here} label={t('outbox.again.all')} /></div>}
              <section aria-label={t('outbox.list')} className={css.rows}>{mails.map((mail) => <Letter key={mail.id} here={here} mail={mail} />)}</section>
            </>
          )
        }
      </Answered>
    </div>
  );
};

const canGoAgain = (mail: Mail): boolean => mail.kind !== 'survey-reminder' && (mail.state === 'failed' || mail.state === 'later' || mail.state === 'held');

/** Sends one mail again, or every one that failed. */
const SendAgain = ({ here, mail, label }: { here: Here; mail?: Mail; label: string }) => {
  const queries = useQueryClient();
  const again = useMutation(
    workspaceCalls.sendAgain.mutationOptions({
      onSuccess: async ({ queued }) => {
        await queries.invalidateQueries({ queryKey: workspaceCalls.outbox.key() });
        say(t('outbox.again.done', { queued }));
      },
      onError: sayFault,
    }),
  );
  return (
    <Button size="compact-sm" variant="default" loading={again.isPending} onClick={() => again.mutate({ workspace: here.id, ...(mail ? { mail: mail.id } : {}) })} {...(mail ? { 'aria-label': t('outbox.again.of', { subject: mail.subject, recipient: mail.recipient }) } : {})}>
      {label}
    </Button>
  );
};

const Letter = ({ here, mail }: { here: Here; mail: Mail }) => {
  const { state } = mail;
  // Of reminders only the number is kept; it stands where other mails have their recipient.
  const reminders = mail.kind === 'survey-reminder' ? Number(mail.recipient) : null;
  return (
    <details className={css.mail}>
      <summary>
        {reminders === null ? <span data-user-text>{mail.recipient}</span> : <span>{t('outbox.reminder', { count: reminders })}</span>}
        {reminders === null ? <span data-user-text>{mail.subject}</span> : <span>{t('outbox.reminder.subject', { wave: mail.subject })}</span>}
        <span className={css.state} data-state={state}>{t(state === 'held' || (state === 'waiting' && !here.mail) ? 'outbox.state.held' : `outbox.state.${state}`)}</span>
        <span className="meta"><When at={mail.sentAt ?? mail.createdAt} show="both" /></span>
      </summary>
      <div className={css.letter}>
        <WhyNot here={here} mail={mail} />
        {reminders !== null && <div>{t('outbox.reminder.text')}</div>}
        {mail.kind === 'survey-invitation' && <div>{t('outbox.survey')}</div>}
        {mail.waveId && <a href={`/w/${here.id}/understand/waves/${mail.waveId}`}>{t('outbox.survey.open')}</a>}
        {mail.link && <><CopyField label={t('outbox.link')} value={mail.link} /><span className="meta">{t('outbox.link.used')}</span></>}
        {mail.body && <pre data-user-text>{mail.body}</pre>}
      </div>
    </details>
  );
};

/** Why a mail has not gone out, and the way to send it. */
const WhyNot = ({ here, mail }: { here: Here; mail: Mail }) => (
  <>
    {mail.failure && <div role="note">{t(mail.state === 'later' ? 'outbox.later' : 'outbox.failed', { reason: mail.failure })}</div>}
    {mail.nextTryAt && <div className="meta">{t('outbox.later.next')} <When at={mail.nextTryAt} show="both" /></div>}
    {mail.state === 'held' && here.mail && <div role="note">{t('outbox.held')}</div>}
    {here.mail && canGoAgain(mail) && <div><SendAgain here={here} mail={mail} label={t(mail.state === 'failed' ? 'outbox.again' : 'outbox.again.now')} /></div>}
  </>
);
