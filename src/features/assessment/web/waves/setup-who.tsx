import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { FUNCTIONS, type FunctionName } from '../../../../lib/vocabulary';
import { FunctionLabel } from '../../../../ui/function-mark';
import { t } from './text';
import type { Draft } from './use-draft';
import type { Plan } from './wave-state';
import css from './waves.module.css';

/** Which functions are asked, how many people that is, and who cannot be asked yet. */
export const Asked = ({ workspace, draft, plan }: { workspace: string; draft: Draft; plan: Plan | undefined }) => {
  const chosen = draft.setup.functions;
  const toggle = (fn: FunctionName, wanted: boolean) => draft.change({ functions: FUNCTIONS.filter((each) => (each === fn ? wanted : chosen.includes(each))) });
  const nobody = plan !== undefined && FUNCTIONS.every((fn) => (plan.invited[fn] ?? 0) === 0);
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('who.title')}</h2>
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className="visually-hidden">{t('who.title')}</legend>
        {FUNCTIONS.map((fn) => (
          <div key={fn} className={css.row} style={{ padding: '6px 0' }}>
            <Checkbox checked={chosen.includes(fn)} onChange={(event) => toggle(fn, event.currentTarget.checked)} label={<FunctionLabel fn={fn} />} className={css.grow} />
            {plan && chosen.includes(fn) && <span className="table">{plan.notAsked.includes(fn) ? t('who.tooFew', { count: plan.invited[fn] ?? 0 }) : t('people', { count: plan.invited[fn] ?? 0 })}</span>}
          </div>
        ))}
      </fieldset>
      {nobody && <p className={css.note}>{t('who.nobody')} <Link to={`/w/${workspace}/people` as never}>{t('who.people')}</Link></p>}
      {plan && <LeftOut workspace={workspace} leftOut={plan.leftOut} />}
    </section>
  );
};

const LeftOut = ({ workspace, leftOut }: { workspace: string; leftOut: Plan['leftOut'] }) => {
  const lines = [
    { count: leftOut.withoutFunction, text: t('who.withoutFunction', { count: leftOut.withoutFunction }), search: 'missing=function' },
    { count: leftOut.withoutLevel, text: t('who.withoutLevel', { count: leftOut.withoutLevel }), search: 'missing=level' },
    { count: leftOut.withoutTerritory, text: t('who.withoutTerritory', { count: leftOut.withoutTerritory }), search: 'missing=territory' },
  ].filter(({ count }) => count > 0);
  if (lines.length === 0) return null;
  return (
    <ul className={css.promises}>
      {lines.map(({ text, search }) => <li key={search}>{text} <Link to={`/w/${workspace}/people?${search}` as never}>{t('who.mend')}</Link></li>)}
    </ul>
  );
};
