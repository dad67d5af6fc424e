import { createFileRoute } from '@tanstack/react-router';
import { PublicResults } from '../../features/assessment/web/results/public-page';
import { sampleSource } from '../../features/assessment/web/results/source';
import { QuietFrame } from '../web/quiet-frame';
import { t } from '../web/text';

export const Route = createFileRoute('/sample')({ component: Sample });

const source = sampleSource();

function Sample() {
  return <QuietFrame note={t('sample.note')}><PublicResults source={source} /></QuietFrame>;
}
