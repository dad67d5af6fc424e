import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { FunctionName } from '../../../../lib/vocabulary';
import { FunctionShape, functionName } from '../../../../ui/function-mark';
import { t } from './text';
import type { Draft } from './use-draft';
import type { InstrumentView, Plan } from './wave-state';
import css from './waves.module.css';

const STEPS = ['currents', 'characteristics', 'consequences'] as const;

/** Name, questionnaire and tools, with the minutes each costs each function. */
export const Tools = ({ draft, plan, instruments }: { draft: Draft; plan: Plan | undefined; instruments: InstrumentView[] }) => {
  const { setup } = draft;
  const chosen = instruments.find((each) => each.id === setup.instrumentId);
  const choose = (id: string) => {
    const next = instruments.find((each) => each.id === id);
    if (next) draft.change({ instrumentId: next.id, instrumentVersion: next.version, toolIds: next.tools.map((tool) => tool.id), locales: setup.locales.some((locale) => next.locales.includes(locale)) ? setup.locales.filter((locale) => next.locales.includes(locale)) : ['en'] });
  };
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('what.title')}</h2>
      <div className={css.pair}>
        <TextInput label={t('what.name')} description={t('what.name.help')} value={draft.name} maxLength={120} required error={draft.name.trim() === '' ? t('what.name.missing') : undefined} onChange={(event) => draft.rename(event.currentTarget.value)} />
        {instruments.length > 1 && <NativeSelect label={t('what.instrument')} description={t('what.instrument.help')} value={setup.instrumentId} data={instruments.map(({ id, title }) => ({ value: id, label: title.en }))} onChange={(event) => choose(event.currentTarget.value)} />}
      </div>
      {STEPS.map((step) => <Step key={step} step={step} instrument={chosen} draft={draft} />)}
      {plan && (
        <div className={css.total}>
          <span>{t('what.total')}</span>
          <Minutes of={plan.minutes} functions={setup.functions} long />
        </div>
      )}
    </section>
  );
};

const Step = ({ step, instrument, draft }: { step: (typeof STEPS)[number]; instrument: InstrumentView | undefined; draft: Draft }) => {
  const tools = instrument?.tools.filter((tool) => tool.step === step) ?? [];
  if (tools.length === 0) return null;
  const toggle = (id: string, wanted: boolean) => draft.change({ toolIds: (instrument?.tools ?? []).map((tool) => tool.id).filter((each) => (each === id ? wanted : draft.setup.toolIds.includes(each))) });
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend className={css.sub} style={{ padding: 0 }}>{t(`step.${step}`)}</legend>
      {tools.map((tool) => (
        <div key={tool.id} className={css.tool}>
          <Checkbox checked={draft.setup.toolIds.includes(tool.id)} onChange={(event) => toggle(tool.id, event.currentTarget.checked)} label={tool.title.en} description={tool.purpose.en} />
          <Minutes of={tool.minutes} functions={draft.setup.functions} />
        </div>
      ))}
    </fieldset>
  );
};

/** "● 3 min ■ 2 min": a function that reads nothing of a tool is left out. */
const Minutes = ({ of, functions, long = false }: { of: Partial<Record<FunctionName, number>>; functions: readonly FunctionName[]; long?: boolean }) => (
  <div className={css.minutes}>
    {functions.map((fn) => (of[fn] ?? 0) > 0 && (
      <span key={fn}><FunctionShape fn={fn} />{long && <span>{functionName(fn)}</span>}{!long && <span className="visually-hidden">{functionName(fn)}</span>} {t('minutes', { minutes: of[fn] ?? 0 })}</span>
    ))}
  </div>
);
