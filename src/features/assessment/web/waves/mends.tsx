import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { functionName } from '../../../../ui/function-mark';
import { say } from '../../../../ui/notify';
import { t } from './text';
import type { Draft } from './use-draft';
import type { Plan, Setup } from './wave-state';
import css from './waves.module.css';

type Suggestion = Plan['suggestions'][number];
type Merge = Setup['merges'][number];

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const names = (list: readonly string[]) => new Intl.ListFormat('en').format(list.map((each) => each || t('noTerritory')));

/** What would make more groups reportable, each one click away; and the joins made so far, each taken back by one. */
export const Mends = ({ workspace, plan, draft }: { workspace: string; plan: Plan; draft: Draft }) => {
  const { merges } = draft.setup;
  if (plan.suggestions.length === 0 && merges.length === 0) return null;
  return (
    <div>
      <h3 className={css.sub}>{t('mend.title')}</h3>
      <ul className={css.list}>
        {plan.suggestions.map((suggestion) => (
          <li key={JSON.stringify(suggestion)} className={css.mend}>
            <span>{sentence(suggestion)}</span>
            <Act workspace={workspace} suggestion={suggestion} draft={draft} />
          </li>
        ))}
        {merges.map((merge, at) => (
          <li key={`join ${at}`} className={css.mend}>
            <span>{t('mend.joined', { fn: functionName(merge.function), groups: joined(merge) })}</span>
            <Button size="compact-sm" variant="default" onClick={() => draft.change({ merges: merges.filter((_, other) => other !== at) })}>{t('mend.apart')}</Button>
          </li>
        ))}
      </ul>
    </div>
  );
};

const joined = (merge: Merge) => names([...(merge.levels ?? []).map((level) => t(`level.${level}`)), ...(merge.territories ?? [])]);

const sentence = (suggestion: Suggestion): string => {
  switch (suggestion.kind) {
    case 'count_by_activity':
      return t('mend.activity', { fn: functionName(suggestion.function), invited: suggestion.invited, needed: suggestion.needed });
    case 'lower_leadership_minimum':
      return t('mend.leadership', { from: suggestion.from, to: suggestion.to, shown: percent.format(suggestion.shown) });
    case 'join_territories':
      return t('mend.territories', { fn: functionName(suggestion.function), groups: names(suggestion.territories) });
    case 'join_levels':
      return t('mend.levels', { fn: functionName(suggestion.function), groups: names(suggestion.levels.map((level) => t(`level.${level}`))) });
    case 'other_shape':
      return t('mend.shape', { fn: functionName(suggestion.function), shape: suggestion.shape });
  }
};

const Act = ({ workspace, suggestion, draft }: { workspace: string; suggestion: Suggestion; draft: Draft }) => {
  if (suggestion.kind === 'count_by_activity') return <Button size="compact-sm" variant="default" component={Link} to={`/w/${workspace}/people/departments`}>{t('mend.activity.button')}</Button>;
  const { setup } = draft;
  const act = () => {
    const before = { minimum: setup.minimum, merges: setup.merges, shapes: setup.shapes };
    if (suggestion.kind === 'lower_leadership_minimum') draft.change({ minimum: { ...setup.minimum, leadership: suggestion.to } });
    else if (suggestion.kind === 'other_shape') draft.change({ shapes: { ...setup.shapes, [suggestion.function]: suggestion.shape } });
    else draft.change({ merges: [...setup.merges, suggestion.kind === 'join_levels' ? { function: suggestion.function, levels: suggestion.levels } : { function: suggestion.function, territories: suggestion.territories }] });
    say(t('mend.done'), async () => draft.change(before));
  };
  return <Button size="compact-sm" variant="default" onClick={act}>{t(`mend.${suggestion.kind}`)}</Button>;
};
