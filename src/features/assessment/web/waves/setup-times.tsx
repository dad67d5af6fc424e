import { Chip, TextInput } from '@mantine/core';
import { instantOf, wallClock } from '../../../../lib/zoned-time';
import { t } from './text';
import type { Draft } from './use-draft';
import css from './waves.module.css';
import { moment, readersZone, sameClock } from './when';

const REMINDERS = [10, 7, 5, 3, 2, 1];

/** When it opens and closes, on the workspace's clocks, and on which days those outstanding are reminded. */
export const Times = ({ draft, timeZone }: { draft: Draft; timeZone: string }) => {
  const { opensAt, closesAt, reminderDaysBefore } = draft.setup;
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('when.title')}</h2>
      <p className={css.quiet}>{t('when.zone', { zone: timeZone })}</p>
      <div className={css.pair}>
        <At label={t('when.opens')} help={t('when.opens.help')} value={opensAt} timeZone={timeZone} onChange={(value) => draft.change({ opensAt: value })} />
        <At label={t('when.closes')} help={t('when.closes.help')} value={closesAt} timeZone={timeZone} onChange={(value) => draft.change({ closesAt: value })} />
      </div>
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend style={{ padding: 0, fontWeight: 500 }}>{t('when.reminders')}</legend>
        <p className="meta" style={{ margin: '2px 0 8px' }}>{t('when.reminders.help')}</p>
        <div className={css.buttons}>
          {REMINDERS.map((days) => (
            <Chip key={days} checked={reminderDaysBefore.includes(days)} onChange={(wanted) => draft.change({ reminderDaysBefore: [...reminderDaysBefore.filter((each) => each !== days), ...(wanted ? [days] : [])].sort((a, b) => b - a) })}>
              {t('when.reminder', { days })}
            </Chip>
          ))}
        </div>
      </fieldset>
    </section>
  );
};

export const At = ({ label, help, value, timeZone, onChange, min }: { label: string; help?: string; value: string | null; timeZone: string; onChange: (value: string | null) => void; min?: string }) => {
  const own = readersZone();
  const elsewhere = value && !sameClock(value, timeZone, own) ? t('when.yours', { when: moment(value, own), zone: own }) : '';
  return (
    <TextInput
      type="datetime-local" label={label} description={[help, elsewhere].filter(Boolean).join(' ')} value={value ? wallClock(new Date(value), timeZone) : ''} min={min}
      onChange={(event) => onChange(instantOf(event.currentTarget.value, timeZone)?.toISOString() ?? null)}
    />
  );
};
