import { Checkbox, SegmentedControl } from '@mantine/core';
import { RELATIONSHIPS, type Relationship } from '../domain/alignment';
import { useChange, type Part } from './calls';
import css from './diagnosis.module.css';
import { t } from './text';

/** Reasons to leave the relationship as it is beside reasons to tighten it; people say which hold, and nothing decides. */
export const Align = ({ workspace, view }: Part) => {
  const { relationship, reasons, lean, next, steps, bothLists } = view.alignment;
  const change = useChange('align', workspace, t('align.saved'));
  const set = (now: Relationship | null, holds: Record<string, boolean>) => change.mutate({ version: view.version, relationship: now, reasons: holds });
  const list = (which: 'leave' | 'tighten') => (
    <div className={css.part}>
      <h3>{t(`align.${which}`)}</h3>
      {bothLists[which].map((id) => (
        <Checkbox key={id} label={t(`reason.${id}` as 'reason.conflicts')} checked={reasons[id] === true} disabled={!view.mayWrite || change.isPending} onChange={(event) => set(relationship, { ...reasons, [id]: event.currentTarget.checked })} />
      ))}
    </div>
  );
  return (
    <section className={css.section} aria-labelledby="align">
      <h2 id="align">{t('align.title')}</h2>
      <p id="align-now">{relationship ? t('align.now') : t('align.none')}</p>
      <SegmentedControl aria-labelledby="align-now" style={{ alignSelf: 'flex-start', maxWidth: '100%' }} disabled={!view.mayWrite} value={relationship ?? ''} data={RELATIONSHIPS.map((each) => ({ value: each, label: t(`rel.${each}`) }))} onChange={(value) => set(RELATIONSHIPS.find((each) => each === value) ?? null, reasons)} />
      {relationship === 'integrated' && <p>{t('align.last')}</p>}
      {relationship && relationship !== 'integrated' && <><div className={css.two}>{list('leave')}{list('tighten')}</div><p><strong>{t(`align.lean.${lean}`)}</strong></p></>}
      {next && <div className={css.part}><h3>{t('align.steps', { next: t(`rel.${next}`).toLowerCase() })}</h3><ol className={css.steps}>{steps.map((step) => <li key={step}>{t(`step.${step}` as 'step.liaison')}</li>)}</ol></div>}
    </section>
  );
};
