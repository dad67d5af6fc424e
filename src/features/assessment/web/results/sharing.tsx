import { Button, Drawer, Stack, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyField } from '../../../../ui/copy-field';
import { say } from '../../../../ui/notify';
import { FaultLine } from '../../../../ui/page';
import { assessmentCalls, type Wave } from '../calls';
import css from './results.module.css';
import { t } from './text';

/** Who can see these results, and who may: publishing to the workspace, and the public summary link. */
export const Sharing = ({ workspace, wave }: { workspace: string; wave: Wave }) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>{wave.publishedAt === null ? t('sharing.button') : t('sharing.button.published')}</Button>
      <Drawer opened={open} onClose={() => setOpen(false)} title={t('sharing.title')} closeButtonProps={{ 'aria-label': t('close') }}>
        <Stack gap={32}>
          <Publishing workspace={workspace} wave={wave} />
          <SharedLink workspace={workspace} wave={wave} />
        </Stack>
      </Drawer>
    </>
  );
};

const useRenewed = () => {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: assessmentCalls.key() });
};

const Publishing = ({ workspace, wave }: { workspace: string; wave: Wave }) => {
  const renew = useRenewed();
  const publish = useMutation(assessmentCalls.publish.mutationOptions({ onSuccess: async ({ publishedAt }) => { await renew(); say(publishedAt === null ? t('publish.ended') : t('publish.done')); } }));
  return (
    <section className={css.sharing}>
      <Switch checked={wave.publishedAt !== null} disabled={publish.isPending} onChange={(event) => publish.mutate({ workspace, wave: wave.id, published: event.currentTarget.checked })} label={t('publish.label')} />
      <p>{wave.publishedAt === null ? t('publish.closed') : t('publish.open')}</p>
      <p className="meta">{t('publish.comments')}</p>
      <FaultLine error={publish.error} />
    </section>
  );
};

const SharedLink = ({ workspace, wave }: { workspace: string; wave: Wave }) => {
  const renew = useRenewed();
  const [link, setLink] = useState<string | null>(null);
  const share = useMutation(assessmentCalls.share.mutationOptions({ onSuccess: async (made) => { setLink(made.link); await renew(); if (made.link === null) say(t('share.ended')); } }));
  const ask = (shared: boolean) => share.mutate({ workspace, wave: wave.id, shared });
  return (
    <section className={css.sharing}>
      <h2 className={css.panelTitle}>{t('share.title')}</h2>
      <p>{t('share.text')}</p>
      {link && <CopyField label={t('share.link')} description={t('share.once')} value={link} />}
      {!link && wave.shared && <p>{t('share.active')}</p>}
      <div className={css.buttons}>
        <Button variant="default" loading={share.isPending} onClick={() => ask(true)}>{wave.shared ? t('share.renew') : t('share.make')}</Button>
        {wave.shared && <Button variant="default" disabled={share.isPending} onClick={() => ask(false)}>{t('share.end')}</Button>}
      </div>
      <FaultLine error={share.error} />
    </section>
  );
};
