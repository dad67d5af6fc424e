import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { functionName } from '../../../../ui/function-mark';
import { Page } from '../../../../ui/page';
import { can, canSeeResults, type Me } from '../../policy';
import { Letters } from './letters';
import { StateChip } from './state-chip';
import { t } from './text';
import type { Wave } from './wave-state';
import css from './waves.module.css';
import { day } from './when';

/** A closed survey: the way to its results, who may see them, what was left out, and thanks to send. */
export const ClosedPage = ({ workspace, wave, me }: { workspace: string; wave: Wave; me: Me }) => {
  const sees = canSeeResults(me, wave);
  return (
    <Page
      title={sees ? t('closed.title', { name: wave.name }) : t('closed.title.waiting', { name: wave.name })}
      source={t('closed.source', { date: day(wave.closedAt ?? wave.createdAt) })}
      actions={<><StateChip state="closed" />{sees && <Button component={Link} to={`/w/${workspace}/understand/waves/${wave.id}/results`}>{t('closed.results')}</Button>}</>}
    >
      <div className={css.two}>
        <section className={`panel ${css.section}`}>
          <h2 className={css.heading}>{wave.publishedAt ? t('closed.published', { date: day(wave.publishedAt) }) : t('closed.unpublished')}</h2>
          <p className={css.quiet}>{wave.publishedAt ? t('closed.published.text') : sees ? t('closed.publish') : t('closed.wait')}</p>
          {wave.discarded.map((fn) => <p key={fn} className={css.problem}>{t('closed.discarded', { fn: functionName(fn) })}</p>)}
        </section>
        {can(me, 'wave:manage') && wave.invited > 0 && <Letters workspace={workspace} wave={wave} kinds={['thanks']} />}
      </div>
    </Page>
  );
};
