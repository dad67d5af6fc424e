import { createFileRoute } from '@tanstack/react-router';
import { Page } from '../../ui/page';
import { t } from '../web/text';

export const Route = createFileRoute('/w/$workspace/')({ component: Home });

function Home() {
  return <Page title={t('home.title')}>{null}</Page>;
}
