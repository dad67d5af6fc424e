import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FUNCTIONS } from '../../../../lib/vocabulary';
import { functionName } from '../../../../ui/function-mark';
import { say } from '../../../../ui/notify';
import { FaultLine } from '../../../../ui/page';
import { assessmentCalls } from '../calls';
import { NetworkRisk } from './network-risk';
import { t } from './text';
import type { Draft } from './use-draft';
import type { Plan, Wave } from './wave-state';
import css from './waves.module.css';
import { moment } from './when';

/** The last word before the launch: what freezes, and exactly what those who run the system could and could not see. */
export const LaunchDialog = ({ workspace, wave, draft, plan, timeZone, onClose }: { workspace: string; wave: Wave; draft: Draft; plan: Plan; timeZone: string; onClose: () => void }) => {
  const queries = useQueryClient();
  const launch = useMutation(
    assessmentCalls.launch.mutationOptions({
      onSuccess: async (made) => {
        queries.setQueryData(assessmentCalls.wave.queryKey({ input: { workspace, wave: wave.id } }), made);
        void queries.invalidateQueries({ queryKey: assessmentCalls.waves.key() });
        say(t('launch.done', { count: made.invited }));
        onClose();
      },
    }),
  );
  const { setup } = draft;
  const asked = FUNCTIONS.filter((fn) => setup.functions.includes(fn) && !plan.notAsked.includes(fn) && (plan.invited[fn] ?? 0) > 0);
  const opens = setup.opensAt ? moment(setup.opensAt, timeZone) : t('launch.now');
  const own = setup.minimum.leadership !== setup.minimum.general && asked.includes('leadership');
  return (
    <Modal opened onClose={onClose} size="lg" title={t('launch.title', { name: draft.name })} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={css.section}>
        <p>{t('launch.who', { who: new Intl.ListFormat('en').format(asked.map((fn) => t('launch.count', { fn: functionName(fn), count: plan.invited[fn] ?? 0 }))), opens, closes: setup.closesAt ? moment(setup.closesAt, timeZone) : '…', zone: timeZone })}</p>
        {plan.notAsked.map((fn) => <p key={fn} className={css.problem}>{t('launch.notAsked', { fn: functionName(fn), count: plan.invited[fn] ?? 0 })}</p>)}
        <h3 className={css.sub}>{t('launch.freezes')}</h3>
        <ul className={css.promises}>
          <li>{t('freeze.questions')}</li>
          <li>{t('freeze.groups')}</li>
          <li>{own ? t('freeze.minimum.own', { minimum: setup.minimum.general, leadership: setup.minimum.leadership }) : t('freeze.minimum', { minimum: setup.minimum.general })}</li>
          <li>{t('freeze.people')}</li>
        </ul>
        <p className={css.quiet}>{t('freeze.not')}</p>
        <h3 className={css.sub}>{t('launch.sees')}</h3>
        <ul className={css.promises}>
          <li>{t('sees.taking')}</li>
          <li>{t('sees.progress')}</li>
          <li>{t('sees.watching')}</li>
          {setup.comments && <li>{t('sees.comments')}</li>}
        </ul>
        <h3 className={css.sub}>{t('launch.seesNot')}</h3>
        <ul className={css.promises}>
          <li>{t('seesNot.answers')}</li>
          <li>{t('seesNot.scores')}</li>
          <li>{t('seesNot.small', { minimum: setup.minimum.general })}</li>
          <li>{t('seesNot.after')}</li>
        </ul>
        <NetworkRisk address={plan.address} />
        <div className={css.foot}>
          {launch.error && <div style={{ flex: '1 0 100%' }}><FaultLine error={launch.error} /></div>}
          <Button loading={launch.isPending} onClick={() => launch.mutate({ workspace, wave: wave.id, version: draft.version })}>{setup.opensAt ? t('launch.confirm.later') : t('launch.confirm')}</Button>
          <Button variant="default" onClick={onClose}>{t('launch.back')}</Button>
        </div>
      </div>
    </Modal>
  );
};
