import { IconCheck, IconDots } from '@tabler/icons-react';
import { FunctionLabel } from '../../../../ui/function-mark';
import { t } from './text';
import type { Progress } from './wave-state';
import css from './waves.module.css';

/** Answers by function, told in whole multiples of the minimum, so that no single answer shows as it comes in. */
export const FunctionProgress = ({ progress }: { progress: Progress }) => (
  <section className={`panel ${css.section}`}>
    <h2 className={css.heading}>{t('progress.title')}</h2>
    <div>
      {progress.functions.map(({ function: fn, invited, atLeast, minimum }) => (
        <div key={fn} className={css.progress}>
          <FunctionLabel fn={fn} />
          <span className={css.track} aria-hidden="true"><i style={{ width: `${invited > 0 ? (atLeast / invited) * 100 : 0}%`, background: `var(--${fn})` }} /></span>
          <span className="table">{atLeast > 0 ? t('progress.atLeast', { atLeast, invited }) : t('progress.under', { minimum, invited })}</span>
        </div>
      ))}
    </div>
    <p className="meta">{t('progress.steps')}</p>
  </section>
);

/** Per group only whether there is enough to be shown. */
export const GroupProgress = ({ progress }: { progress: Progress }) => {
  if (progress.groups.length <= progress.functions.length) return null;
  const enough = progress.groups.filter((group) => group.enough).length;
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('groups.title', { enough, all: progress.groups.length })}</h2>
      <ul className={css.list}>
        {progress.groups.map((group) => (
          <li key={group.id} className={css.row} style={{ padding: '6px 0' }}>
            <span className={css.grow}>{group.label} <span className="meta">{t('plan.invited', { count: group.invited })}</span></span>
            <span className="table" style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
              {group.enough ? <IconCheck size={14} aria-hidden="true" /> : <IconDots size={14} aria-hidden="true" />}
              {group.enough ? t('groups.enough') : t('groups.notYet')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
