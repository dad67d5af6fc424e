import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import data from '../../../../ui/data.module.css';
import { FaultLine } from '../../../../ui/page';
import { peopleCalls } from '../calls';
import { t } from '../text';

/** An import that is being written: how far it is, and a way to stop it. While the file is still on its way there is nothing to stop. */
export const Writing = ({ workspace, id, people }: { workspace: string; id: string; people: number }) => {
  const progress = useQuery(peopleCalls.importProgress.queryOptions({ input: { workspace, id }, refetchInterval: 500, gcTime: 0 }));
  const stop = useMutation(peopleCalls.stopImport.mutationOptions());
  const share = progress.data?.share ?? null;
  const percent = Math.floor((share ?? 0) * 100);
  return (
    <>
      <Button variant="default" disabled={share === null || stop.data?.stopped} loading={stop.isPending} onClick={() => stop.mutate({ workspace, id })}>{t('import.stop')}</Button>
      <div style={{ flex: '1 1 240px' }}>
        <span role="status" className="meta">{t('import.applying', { count: people })} {t('import.applying.text')}</span>
        {share !== null && (
          <>
            <div className={data.track} role="progressbar" aria-label={t('import.progress')} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}><div style={{ width: `${percent}%` }} /></div>
            <span className="meta" aria-hidden>{t('import.percent', { percent })}</span>
          </>
        )}
        <FaultLine error={stop.error} />
      </div>
    </>
  );
};
