import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { SIDES } from '../../../lib/vocabulary';
import { FunctionShape } from '../../../ui/function-mark';
import { FaultLine } from '../../../ui/page';
import { say } from '../../../ui/notify';
import { agreementsCalls, useReload, useRight, useStanding, type VersionView } from './calls';
import css from './agreements.module.css';
import { sideText, t } from './text';
import type { ReactNode } from 'react';

/** "proposed by sales, waiting for marketing", what it would say, and what the reader can do about it. */
export const Waiting = ({ workspace, id, version, children, isChange }: { workspace: string; id: string; version: VersionView; isChange: boolean; children: ReactNode }) => {
  const here = useStanding(workspace);
  const mayWithdraw = useRight(workspace, 'agreements:propose');
  const reload = useReload();
  const mine = here.data?.me.headOf ?? null;
  const signs = mine !== null && version.waitingFor.includes(mine);
  const sign = useMutation(agreementsCalls.sign.mutationOptions({
    onSuccess: async ({ waitingFor }) => {
      await reload();
      const [left] = waitingFor;
      say(left ? t('waiting.signedOne', { side: sideText(left).toLowerCase() }) : t('waiting.signed'));
    },
  }));
  const withdraw = useMutation(agreementsCalls.withdraw.mutationOptions({ onSuccess: async () => { await reload(); say(t('waiting.withdrawn')); } }));
  return (
    <div className={css.waiting}>
      {(version.ends || isChange) && <strong>{t(version.ends ? 'waiting.ends' : 'waiting.change')}</strong>}
      {!version.ends && children}
      {version.note && <p data-user-text style={{ color: 'var(--ink-2)' }}>{version.note}</p>}
      <p className="meta" style={{ display: 'inline-flex', gap: 6, alignItems: 'center', flexWrap: 'wrap' }}>
        {version.proposedSide && <FunctionShape fn={version.proposedSide} />}
        {version.proposedSide ? t('waiting.by', { side: sideText(version.proposedSide).toLowerCase() }) : t('waiting.prepared', { name: version.proposedBy })},{' '}
        {t('waiting.for', { sides: version.waitingFor.length === SIDES.length ? t('waiting.both') : sideText(version.waitingFor[0] ?? 'sales').toLowerCase() })}
      </p>
      <FaultLine error={sign.error ?? withdraw.error} />
      {(signs || mayWithdraw) && (
        <div className={css.acts}>
          {signs && mine && <Button size="compact-md" loading={sign.isPending} onClick={() => sign.mutate({ workspace, id, version: version.version })}>{t('waiting.sign', { side: sideText(mine).toLowerCase() })}</Button>}
          {mayWithdraw && <Button size="compact-md" variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ workspace, id, version: version.version })}>{t('waiting.withdraw')}</Button>}
        </div>
      )}
    </div>
  );
};
