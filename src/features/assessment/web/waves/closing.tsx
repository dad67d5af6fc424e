import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { functionName } from '../../../../ui/function-mark';
import { say } from '../../../../ui/notify';
import { FaultLine } from '../../../../ui/page';
import { wallClock } from '../../../../lib/zoned-time';
import { assessmentCalls } from '../calls';
import { Download } from './download';
import { At } from './setup-times';
import { t } from './text';
import type { Progress, Wave } from './wave-state';
import css from './waves.module.css';
import { fromNow, moment } from './when';

type Part = { workspace: string; wave: Wave; progress: Progress; timeZone: string; now: number };

/** When it closes, and the two ways to change that. */
export const Closing = ({ workspace, wave, progress, timeZone, now }: Part) => {
  const [acting, setActing] = useState<'extend' | 'close' | null>(null);
  const closesAt = wave.closesAt ?? wave.createdAt;
  const parts = { workspace, wave, progress, timeZone, now, onClose: () => setActing(null) };
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('closing.title', { left: fromNow(closesAt, now) })}</h2>
      <p className={css.quiet}>{t('closing.at', { when: moment(closesAt, timeZone), zone: timeZone })}</p>
      <div className={css.buttons}>
        <Button variant="default" onClick={() => setActing('extend')}>{t('extend.button')}</Button>
        <Button variant="default" onClick={() => setActing('close')}>{t('close.button')}</Button>
      </div>
      <span className="table"><Download href={`/api/workspaces/${workspace}/waves/${wave.id}/calendar.ics`}>{t('calendar')}</Download></span>
      {acting === 'extend' && <Extend {...parts} />}
      {acting === 'close' && <CloseNow {...parts} />}
    </section>
  );
};

const useKept = (workspace: string, wave: Wave, done: (saved: Wave) => void) => {
  const queries = useQueryClient();
  return (saved: Wave) => {
    queries.setQueryData(assessmentCalls.wave.queryKey({ input: { workspace, wave: wave.id } }), saved);
    void queries.invalidateQueries({ queryKey: assessmentCalls.waves.key() });
    void queries.invalidateQueries({ queryKey: assessmentCalls.progress.key() });
    done(saved);
  };
};

const WEEK_MS = 7 * 86_400_000;

const Extend = ({ workspace, wave, timeZone, onClose }: Part & { onClose: () => void }) => {
  const before = wave.closesAt ?? wave.createdAt;
  const [closesAt, setClosesAt] = useState<string | null>(new Date(Date.parse(before) + WEEK_MS).toISOString());
  const kept = useKept(workspace, wave, (saved) => { say(t('extend.done', { when: moment(saved.closesAt ?? before, timeZone) })); onClose(); });
  const extend = useMutation(assessmentCalls.extend.mutationOptions({ onSuccess: kept }));
  return (
    <Modal opened onClose={onClose} title={t('extend.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form className={css.section} onSubmit={(event) => { event.preventDefault(); if (closesAt) extend.mutate({ workspace, wave: wave.id, closesAt }); }}>
        <p>{t('extend.text')}</p>
        <At label={t('extend.until')} help={t('when.zone', { zone: timeZone })} value={closesAt} timeZone={timeZone} onChange={setClosesAt} min={wallClock(new Date(before), timeZone)} />
        <FaultLine error={extend.error} />
        <div className={css.buttons}>
          <Button type="submit" loading={extend.isPending} disabled={!closesAt}>{t('extend.confirm')}</Button>
          <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Modal>
  );
};

const CloseNow = ({ workspace, wave, progress, onClose }: Part & { onClose: () => void }) => {
  const kept = useKept(workspace, wave, () => { say(t('close.done')); onClose(); });
  const close = useMutation(assessmentCalls.close.mutationOptions({ onSuccess: kept }));
  const short = progress.functions.filter((each) => each.atLeast < each.minimum);
  return (
    <Modal opened onClose={onClose} title={t('close.title', { name: wave.name })} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={css.section}>
        <ul className={css.promises}>
          <li>{t('close.links')}</li>
          <li>{t('close.final')}</li>
          <li>{t('close.traces')}</li>
          <li>{t('close.opens')}</li>
        </ul>
        {short.map((each) => <p key={each.function} className={css.problem} role="alert">{t('close.short', { fn: functionName(each.function), minimum: each.minimum })}</p>)}
        <FaultLine error={close.error} />
        <div className={css.buttons}>
          {short.length > 0 && <Button onClick={onClose}>{t('close.keep')}</Button>}
          <Button variant={short.length > 0 ? 'default' : 'filled'} loading={close.isPending} onClick={() => close.mutate({ workspace, wave: wave.id })}>{t('close.confirm')}</Button>
          {short.length === 0 && <Button variant="default" onClick={onClose}>{t('cancel')}</Button>}
        </div>
      </div>
    </Modal>
  );
};
