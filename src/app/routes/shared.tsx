import { createFileRoute, useLocation } from '@tanstack/react-router';
import { useMemo } from 'react';
import { PublicResults } from '../../features/assessment/web/results/public-page';
import { sharedSource } from '../../features/assessment/web/results/source';
import { Page } from '../../ui/page';
import { QuietFrame } from '../web/quiet-frame';
import { t } from '../web/text';

export const Route = createFileRoute('/s')({ component: Shared });

/** The secret stands behind "#", so that it reaches no server log. */
function Shared() {
  const { hash } = useLocation();
  const secret = decodeURIComponent(hash);
  const source = useMemo(() => sharedSource(secret), [secret]);
  return <QuietFrame note={t('shared.note')}>{secret.length < 10 ? <Page title={t('shared.missing.title')}><p>{t('shared.missing')}</p></Page> : <PublicResults source={source} />}</QuietFrame>;
}
