import css from '../../../../ui/data.module.css';
import own from './answers.module.css';
import type { Content } from './calls';
import { LeadsDrawer, useOpened, type Opened } from '../leads-behind';
import { Bar, GroupName, Method, Opener } from './parts';
import { coded, countText, groupText, intervalText, percentText, ratioWithRange, sideOf, t } from './text';

type Group = Content<'usefulness'>['byOrigin'][number];
type Adjusted = Content<'usefulness'>['originAdjusted'];

const oddsOf = (adjusted: Adjusted, name: string): string => {
  if (!('levels' in adjusted)) return '–';
  if (adjusted.reference === name) return t('adjusted.reference');
  const level = adjusted.levels.find((each) => each.level === name);
  return level ? ratioWithRange(level.oddsRatio, level.ci95) : '–';
};

const adjustedText = (adjusted: Adjusted): string => {
  if (!('levels' in adjusted)) return t('adjusted.none', { reason: adjusted.reason });
  return adjusted.adjustedFor.length === 0 ? t('adjusted.plain') : t('adjusted.by', { factors: adjusted.adjustedFor.join(', ') });
};

/** The heading says "adjusted" only where something was adjusted for. */
const oddsHeading = (adjusted: Adjusted): string => {
  if (!('levels' in adjusted)) return t('column.oddsOnly');
  return t(adjusted.adjustedFor.length > 0 ? 'column.adjusted' : 'column.against', { reference: groupText(adjusted.reference) });
};

const GroupTable = ({ title, groups, adjusted, onOpen }: { title: string; groups: Group[]; adjusted: Adjusted; onOpen: (opened: Opened) => void }) => {
  const most = Math.max(...groups.map(({ wilson95 }) => wilson95?.[1] ?? 0), 0.01);
  return (
    <section className={css.section}>
      <h2 className="lead">{title}</h2>
      <div className={css.scroll}>
        <table className={`${css.table} ${own.cards} ${own.even}`}>
          <thead><tr><th>{t('column.group')}</th><th className={css.number}>{t('column.entrants')}</th><th className={css.number}>{t('column.won')}</th><th className={css.number}>{t('column.open')}</th><th className={own.bar} aria-hidden="true" /><th className={css.number}>{t('column.rate')}</th><th className={css.number}>{oddsHeading(adjusted)}</th></tr></thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.key}>
                <td><GroupName value={group.name} /></td>
                <td className={css.number} data-label={t('column.entrants')}><Opener label={groupText(group.name)} onOpen={() => onOpen({ answer: 'usefulness', key: group.key, label: groupText(group.name), total: group.entrants })}>{countText(group.entrants)}</Opener></td>
                {(['won', 'open'] as const).map((end) => <td key={end} className={css.number} data-label={t(`column.${end}`)}><Opener label={`${groupText(group.name)}: ${t(`end.${end}`)}`} onOpen={() => onOpen({ answer: 'usefulness', key: `${group.key}:${end}`, label: `${groupText(group.name)}: ${t(`end.${end}`)}`, total: group[end] })}>{countText(group[end])}</Opener></td>)}
                <td data-chart>{group.rate !== null && <Bar value={group.rate} interval={group.wilson95} most={most} side={sideOf(group.name)} />}</td>
                <td className={css.number} data-label={t('column.rate')}>{group.rate === null || group.wilson95 === null ? t('tooFew') : <><strong>{percentText(group.rate)}</strong> {intervalText(group.wilson95)}</>}</td>
                <td className={css.number} data-label={oddsHeading(adjusted)}>{oddsOf(adjusted, group.name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={own.note}>{adjustedText(adjusted)}</p>
    </section>
  );
};

/** The first question: functions and sources with their rates, and odds as if they had entered together. */
export const Usefulness = ({ workspace, content }: { workspace: string; content: Content<'usefulness'> }) => {
  const [opened, setOpened] = useOpened('usefulness');
  return (
    <>
      <GroupTable title={coded('split', 'origin')} groups={content.byOrigin} adjusted={content.originAdjusted} onOpen={setOpened} />
      <GroupTable title={coded('split', 'channel')} groups={content.bySource} adjusted={content.sourceAdjusted} onOpen={setOpened} />
      <Method of="usefulness" />
      <LeadsDrawer workspace={workspace} opened={opened} onClose={() => setOpened(null)} />
    </>
  );
};
