import { Checkbox, NumberInput, Switch } from '@mantine/core';
import { LOCALES, type Locale } from '../../../../lib/vocabulary';
import { LANGUAGE_NAMES } from './language-names';
import { t } from './text';
import type { Draft } from './use-draft';
import type { InstrumentView, Plan, Setup } from './wave-state';
import css from './waves.module.css';

/** Languages people may choose from, and whether they may add words of their own. */
export const Voices = ({ draft, instruments }: { draft: Draft; instruments: InstrumentView[] }) => {
  const { locales, comments, instrumentId } = draft.setup;
  const there = instruments.find((each) => each.id === instrumentId)?.locales ?? LOCALES;
  const toggle = (locale: Locale, wanted: boolean) => {
    const next = LOCALES.filter((each) => (each === locale ? wanted : locales.includes(each)));
    if (next.length > 0) draft.change({ locales: next });
  };
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('voices.title')}</h2>
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend style={{ padding: 0, fontWeight: 500 }}>{t('voices.languages')}</legend>
        <p className="meta" style={{ margin: '2px 0 8px' }}>{t('voices.languages.help')}</p>
        <div className={css.buttons} style={{ gap: 16 }}>
          {LOCALES.map((locale) => (
            <Checkbox key={locale} label={<span lang={locale}>{LANGUAGE_NAMES[locale]}</span>} checked={locales.includes(locale)} disabled={!there.includes(locale) || (locales.length === 1 && locales.includes(locale))} onChange={(event) => toggle(locale, event.currentTarget.checked)} />
          ))}
        </div>
      </fieldset>
      <Switch label={t('voices.comments')} description={t('voices.comments.help')} checked={comments} onChange={(event) => draft.change({ comments: event.currentTarget.checked })} />
    </section>
  );
};

type Path = Setup['bySlip'][number];
const same = (a: Path, b: Path) => a.function === b.function && String(a.levels) === String(b.levels) && String(a.territories) === String(b.territories);

/** Groups without a mailbox of their own draw a slip instead of getting a link. */
export const SlipGroups = ({ draft, plan }: { draft: Draft; plan: Plan | undefined }) => {
  const chosen = draft.setup.bySlip;
  const leaves = (plan?.shapes ?? []).flatMap(({ shape, blocks }) => blocks.filter((block) => block.leaf && plan?.chosen[block.path.function] === shape));
  const known = (path: Path) => leaves.some((leaf) => same(leaf.path, path));
  if (leaves.length === 0) return null;
  return (
    <details className="panel" open={chosen.length > 0}>
      <summary className={css.heading} style={{ cursor: 'pointer' }}>{t('slips.title')}</summary>
      <div className={css.section} style={{ marginTop: 12 }}>
        <p className={css.quiet}>{t('slips.text')}</p>
        {leaves.map((leaf) => (
          <Checkbox
            key={leaf.id} label={t('slips.group', { group: leaf.label, count: leaf.invited })} checked={chosen.some((path) => same(path, leaf.path))}
            onChange={(event) => draft.change({ bySlip: [...chosen.filter((path) => known(path) && !same(path, leaf.path)), ...(event.currentTarget.checked ? [leaf.path] : [])] })}
          />
        ))}
      </div>
    </details>
  );
};

/** The smallest gap that matters, which decides between "real" and "unclear". */
export const SmallestGap = ({ draft, instruments }: { draft: Draft; instruments: InstrumentView[] }) => {
  const known = instruments.some((each) => each.id === draft.setup.instrumentId);
  if (!known) return null;
  return (
    <details className="panel">
      <summary className={css.heading} style={{ cursor: 'pointer' }}>{t('gap.title')}</summary>
      <div className={css.section} style={{ marginTop: 12 }}>
        <p className={css.quiet}>{t('gap.text')}</p>
        <NumberInput label={t('gap.label')} description={t('gap.help')} placeholder={t('gap.usual')} min={0.1} max={10} step={0.1} decimalScale={2} maw={280} value={draft.setup.smallestGap ?? ''} onChange={(value) => draft.change({ smallestGap: value === '' || !(Number(value) > 0) ? null : Number(value) })} />
      </div>
    </details>
  );
};
