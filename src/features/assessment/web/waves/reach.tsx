import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { say } from '../../../../ui/notify';
import { FaultLine } from '../../../../ui/page';
import { assessmentCalls } from '../calls';
import { Download } from './download';
import { NetworkRisk } from './network-risk';
import { t } from './text';
import type { Wave } from './wave-state';
import css from './waves.module.css';

/** Invitations and reminders by mail, or the files to do it by hand. */
export const Reach = ({ workspace, wave, mail, address }: { workspace: string; wave: Wave; mail: boolean; address: string }) => {
  const input = { workspace, wave: wave.id };
  const send = useMutation(assessmentCalls.sendInvitations.mutationOptions({ onSuccess: ({ queued }) => say(t('reach.sent', { queued })) }));
  const remind = useMutation(assessmentCalls.remind.mutationOptions({ onSuccess: () => say(t('reach.reminded')) }));
  const file = (name: string) => `/api/workspaces/${workspace}/waves/${wave.id}/${name}`;
  const slips = wave.setup.bySlip.length > 0;
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('reach.title')}</h2>
      <NetworkRisk address={address} />
      {mail ? (
        <>
          <p className={css.quiet}>{t('reach.mail')} <Link to="/w/$workspace/settings/outbox" params={{ workspace }}>{t('reach.outbox')}</Link></p>
          <div className={css.buttons}>
            <Button loading={send.isPending} onClick={() => send.mutate(input)}>{t('reach.send')}</Button>
            <Button variant="default" loading={remind.isPending} onClick={() => remind.mutate(input)}>{t('reach.remind')}</Button>
          </div>
          <p className="meta">{t('reach.remind.help')}</p>
          <FaultLine error={send.error ?? remind.error} />
        </>
      ) : (
        <p className={css.quiet}>{t('reach.noMail')}</p>
      )}
      <ul className={css.promises}>
        <li><Download href={file('links.csv')}>{t('reach.csv')}</Download> — {t('reach.csv.text')}</li>
        <li><Download href={file('code-sheet.pdf?for=people')}>{t('reach.people')}</Download> — {t('reach.people.text')}</li>
        {slips && <li><Download href={file('code-sheet.pdf?for=slips')}>{t('reach.slips')}</Download> — {t('reach.slips.text')}</li>}
      </ul>
      {slips && (
        <details>
          <summary>{t('reach.slips.more')}</summary>
          <p className={css.quiet}>{t('reach.slips.reprint')}</p>
          <p className={css.quiet}>{t('reach.slips.noMore')}</p>
          <p className={css.quiet}>{t('reach.slips.newcomers')}</p>
        </details>
      )}
    </section>
  );
};
