import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { Answered, Page } from '../../../../ui/page';
import { assessmentCalls } from '../calls';
import { WaveActions } from './actions';
import { day } from './format';
import { ResultsFrame } from './frame';
import { waveSource, type View } from './source';
import { TooYoung } from './states';
import { t } from './text';

/** Results of one wave of a workspace; before it has closed, the page says when they open. */
export const WaveResultsFrame = ({ workspace, wave: id, view, children }: { workspace: string; wave: string; view: View; children: ReactNode }) => {
  const wave = useQuery(assessmentCalls.wave.queryOptions({ input: { workspace, wave: id } }));
  const source = useMemo(() => waveSource(workspace, id), [workspace, id]);
  return (
    <Answered query={wave} rows={8} bare>
      {({ state, name, closesAt }) =>
        state === 'closed' ? (
          <ResultsFrame source={source} view={view} actions={<WaveActions workspace={workspace} wave={id} />}>{children}</ResultsFrame>
        ) : (
          <Page title={t('young.title', { wave: name })}>
            <TooYoung title={closesAt === null ? t('young.head') : t('young.head.date', { date: day(closesAt) })}>{t(state === 'closing' ? 'young.closing' : 'young.text')}</TooYoung>
          </Page>
        )
      }
    </Answered>
  );
};
