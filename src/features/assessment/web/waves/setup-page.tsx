import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FUNCTIONS } from '../../../../lib/vocabulary';
import { say } from '../../../../ui/notify';
import { Answered, FaultLine, Page } from '../../../../ui/page';
import { assessmentCalls } from '../calls';
import { PlanPanel } from './plan-panel';
import { PreviewDrawer } from './preview-drawer';
import { SavingState } from './saving-state';
import { GroupSize } from './setup-minimum';
import { SlipGroups, SmallestGap, Voices } from './setup-more';
import { Times } from './setup-times';
import { Tools } from './setup-tools';
import { Asked } from './setup-who';
import { t } from './text';
import { useDraft } from './use-draft';
import type { Plan, Wave } from './wave-state';
import css from './waves.module.css';

/** The set-up in one page: what, whom, when on the left; what will be reportable and the launch on the right. */
export const SetupPage = ({ workspace, wave, timeZone }: { workspace: string; wave: Wave; timeZone: string }) => {
  const draft = useDraft(workspace, wave);
  const instruments = useQuery(assessmentCalls.instruments.queryOptions({ input: { workspace } }));
  const plan = useQuery(assessmentCalls.plan.queryOptions({ input: { workspace, wave: wave.id }, placeholderData: (before) => before }));
  const [previewing, setPreviewing] = useState(false);
  const parts = { workspace, draft, plan: plan.data };
  return (
    <Page
      title={titleOf(draft.name, plan.data)}
      source={t('setup.source')}
      actions={<><SavingState draft={draft} /><Button variant="default" onClick={() => void draft.flush().then(() => setPreviewing(true))}>{t('preview.button')}</Button><DeleteDraft workspace={workspace} wave={wave} /></>}
    >
      <Answered query={instruments} rows={8}>
        {(list) => (
          <div className={css.columns}>
            <div className={css.column}>
              <Tools {...parts} instruments={list} />
              <Asked {...parts} />
              <GroupSize {...parts} />
              <Times {...parts} timeZone={timeZone} />
              <Voices {...parts} instruments={list} />
              <SlipGroups {...parts} />
              <SmallestGap {...parts} instruments={list} />
            </div>
            <div className={`${css.column} ${css.sticky}`} tabIndex={-1}>
              <Answered query={plan} rows={6}>{(made) => <PlanPanel workspace={workspace} wave={wave} draft={draft} plan={made} timeZone={timeZone} />}</Answered>
            </div>
          </div>
        )}
      </Answered>
      {previewing && <PreviewDrawer workspace={workspace} wave={wave.id} setup={draft.setup} onClose={() => setPreviewing(false)} />}
    </Page>
  );
};

const titleOf = (name: string, plan: Plan | undefined): string => {
  const asked = FUNCTIONS.reduce((sum, fn) => sum + (plan?.notAsked.includes(fn) ? 0 : (plan?.invited[fn] ?? 0)), 0);
  const minutes = Math.max(0, ...Object.values(plan?.minutes ?? {}));
  return asked > 0 && minutes > 0 ? t('setup.title', { name, asked, minutes }) : t('setup.title.plain', { name });
};

/** A draft is deleted after one question that names what is lost. */
const DeleteDraft = ({ workspace, wave }: { workspace: string; wave: Wave }) => {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation(
    assessmentCalls.deleteWave.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: '/w/$workspace/understand', params: { workspace } });
        queries.removeQueries({ queryKey: assessmentCalls.wave.queryKey({ input: { workspace, wave: wave.id } }) });
        await queries.invalidateQueries({ queryKey: assessmentCalls.waves.key() });
        say(t('delete.done', { name: wave.name }));
      },
    }),
  );
  return (
    <>
      <Button variant="subtle" color="ink" onClick={() => setAsking(true)}>{t('delete.button')}</Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('delete.title', { name: wave.name })} closeButtonProps={{ 'aria-label': t('close') }}>
        <div className={css.section}>
          <p>{t('delete.text')}</p>
          <FaultLine error={remove.error} />
          <div className={css.buttons}>
            <Button loading={remove.isPending} onClick={() => remove.mutate({ workspace, wave: wave.id })}>{t('delete.confirm')}</Button>
            <Button variant="default" onClick={() => setAsking(false)}>{t('cancel')}</Button>
          </div>
        </div>
      </Modal>
    </>
  );
};
