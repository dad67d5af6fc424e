import { NumberInput } from '@mantine/core';
import { MINIMUM_DEFAULT, MINIMUM_FLOOR } from '../../domain/wave-setup';
import { t } from './text';
import type { Draft } from './use-draft';
import css from './waves.module.css';

const HIGHEST = 50;

/** The smallest group that is ever shown; leadership, usually few, may have a lower one of its own. */
export const GroupSize = ({ draft }: { draft: Draft }) => {
  const { general, leadership } = draft.setup.minimum;
  const whole = (value: number | string, fallback: number) => (Number.isInteger(Number(value)) && Number(value) >= MINIMUM_FLOOR ? Number(value) : fallback);
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('minimum.title')}</h2>
      <p className={css.quiet}>{t('minimum.text')}</p>
      <div className={css.pair}>
        <NumberInput
          label={t('minimum.general')} description={t('minimum.general.help', { usual: MINIMUM_DEFAULT, floor: MINIMUM_FLOOR })} min={MINIMUM_FLOOR} max={HIGHEST} allowDecimal={false} clampBehavior="blur" value={general}
          onChange={(value) => { const next = whole(value, general); draft.change({ minimum: { general: next, leadership: leadership === general ? next : Math.min(leadership, next) } }); }}
        />
        {draft.setup.functions.includes('leadership') && (
          <NumberInput
            label={t('minimum.leadership')} description={t('minimum.leadership.help')} min={MINIMUM_FLOOR} max={general} allowDecimal={false} clampBehavior="blur" value={leadership}
            onChange={(value) => draft.change({ minimum: { general, leadership: Math.min(general, whole(value, leadership)) } })}
          />
        )}
      </div>
      {general < MINIMUM_DEFAULT && <p className={css.note}>{t('minimum.low', { minimum: general })}</p>}
    </section>
  );
};
