import { Button, Radio, Slider } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FUNCTIONS, type FunctionName } from '../../../../lib/vocabulary';
import { FunctionLabel } from '../../../../ui/function-mark';
import { LaunchDialog } from './launch-dialog';
import { GroupChance } from './group-chance';
import { Mends } from './mends';
import { t } from './text';
import type { Draft } from './use-draft';
import type { Plan, Wave } from './wave-state';
import css from './waves.module.css';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/** Before launch: which groups will be reportable, how to make more of them so, what still forbids the launch. */
export const PlanPanel = ({ workspace, wave, draft, plan, timeZone }: { workspace: string; wave: Wave; draft: Draft; plan: Plan; timeZone: string }) => {
  const [launching, setLaunching] = useState(false);
  const asked = FUNCTIONS.filter((fn) => draft.setup.functions.includes(fn) && (plan.invited[fn] ?? 0) > 0);
  const ready = plan.problems.length === 0 && draft.name.trim() !== '';
  return (
    <section className={`panel ${css.section}`} aria-labelledby="plan-title">
      <h2 id="plan-title" className={css.heading}>{t('plan.title')}</h2>
      {asked.length > 0 && <p className={css.quiet}>{t('plan.text', { minimum: draft.setup.minimum.general })}</p>}
      {asked.length > 0 && <Response draft={draft} />}
      {asked.map((fn) => <FunctionPlan key={fn} fn={fn} plan={plan} draft={draft} />)}
      <Mends workspace={workspace} plan={plan} draft={draft} />
      <div className={css.act}>
        {plan.problems.length > 0 && (
          <div className={css.section}>
            <h3 className={css.sub}>{t('plan.problems')}</h3>
            {plan.problems.map((problem) => <p key={problem.code + problem.message} className={css.problem}>{problem.message} {problem.code === 'people' && <Link to={`/w/${workspace}/people` as never}>{t('who.people')}</Link>}</p>)}
          </div>
        )}
        <Button fullWidth disabled={!ready || draft.saving === 'conflict'} onClick={() => void draft.flush().then((saved) => saved && setLaunching(true))}>{t('launch.button')}</Button>
      </div>
      {launching && <LaunchDialog workspace={workspace} wave={wave} draft={draft} plan={plan} timeZone={timeZone} onClose={() => setLaunching(false)} />}
    </section>
  );
};

/** The share of invited people expected to answer; the chances follow it. */
const Response = ({ draft }: { draft: Draft }) => {
  const [moving, setMoving] = useState<number | null>(null);
  const value = moving ?? Math.round(draft.setup.expectedResponse * 100);
  return (
    <div>
      <div style={{ display: 'flex', justifyContent: 'space-between' }}><span id="response-label">{t('plan.response')}</span><strong>{percent.format(value / 100)}</strong></div>
      <Slider thumbProps={{ 'aria-labelledby': 'response-label' }} min={30} max={100} step={5} label={null} value={value} onChange={setMoving} onChangeEnd={(end) => { setMoving(null); draft.change({ expectedResponse: end / 100 }); }} />
    </div>
  );
};

const FunctionPlan = ({ fn, plan, draft }: { fn: FunctionName; plan: Plan; draft: Draft }) => {
  const trees = plan.shapes.map(({ shape, blocks }) => ({ shape, blocks: blocks.filter((block) => block.path.function === fn) }));
  const [first] = trees;
  if (!first || first.blocks.length === 0) return <div className={css.function}><FunctionLabel fn={fn} /><span>{t('plan.notAsked', { count: plan.invited[fn] ?? 0, minimum: fn === 'leadership' ? draft.setup.minimum.leadership : draft.setup.minimum.general })}</span></div>;
  const alike = trees.every(({ blocks }) => blocks.map(({ id }) => id).join() === first.blocks.map(({ id }) => id).join());
  return (
    <div className={css.function}>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}><FunctionLabel fn={fn} /><span className="table">{t('people', { count: plan.invited[fn] ?? 0 })}</span></div>
      {alike ? <div className={css.shape}>{first.blocks.map((block) => <GroupChance key={block.id} block={block} blocks={first.blocks} />)}</div> : (
        <Radio.Group value={plan.chosen[fn] ?? 'territory'} onChange={(value) => draft.change({ shapes: { ...draft.setup.shapes, [fn]: value === 'level' ? 'level' : 'territory' } })} aria-label={t('plan.shape', { fn })}>
          <div className={css.shapes}>
            {trees.map(({ shape, blocks }) => (
              <div key={shape} className={css.shape} data-chosen={plan.chosen[fn] === shape}>
                <Radio value={shape} label={t(`plan.shape.${shape}`)} />
                {blocks.map((block) => <GroupChance key={block.id} block={block} blocks={blocks} />)}
              </div>
            ))}
          </div>
        </Radio.Group>
      )}
    </div>
  );
};
