import css from '../../../../ui/data.module.css';
import own from './answers.module.css';
import type { Content } from './calls';
import { LeadsDrawer, useOpened, type Opened } from '../leads-behind';
import { reasonText } from '../reason-text';
import { Bar, Method, Opener } from './parts';
import { DropSplits } from './stage-splits';
import { countText, intervalText, percentText, t } from './text';

type Row = Content<'dropout'>['stages'][number];

const Reasons = ({ row, reasons, onOpen }: { row: Row; reasons: Row['reasons']; onOpen: (opened: Opened) => void }) =>
  reasons.map(({ key, reason, count }, at) => {
    const said = reason === null ? t('dropout.noReason') : reasonText(reason);
    return <span key={key}>{at > 0 && ' · '}<Opener label={said} onOpen={() => onOpen({ answer: 'dropout', key, label: `${row.stage}: ${said}`, total: count })}><span data-user-text>{said}</span> {countText(count)}</Opener></span>;
  });

/** The third question: leads lost for good, by the stage they were in, with the reasons that were given. */
export const Dropout = ({ workspace, content }: { workspace: string; content: Content<'dropout'> }) => {
  const [opened, setOpened] = useOpened('dropout');
  const most = Math.max(...content.stages.map(({ lost }) => lost), 1);
  return (
    <>
      <div className={css.scroll}>
        <table className={`${css.table} ${own.cards}`}>
          <thead><tr><th>{t('column.stage')}</th><th className={css.number}>{t('column.entrants')}</th><th className={own.short} aria-hidden="true" /><th className={css.number}>{t('column.lostHere')}</th><th className={css.number}>{t('column.ofStage')}</th><th className={css.number}>{t('column.returned')}</th><th className={own.words}>{t('column.reasons')}</th></tr></thead>
          <tbody>
            {content.stages.map((row) => (
              <tr key={row.stageId}>
                <td className={own.stage} data-user-text>{row.stage}</td>
                <td className={css.number} data-label={t('column.entrants')}><Opener label={row.stage} onOpen={() => setOpened({ answer: 'dropout', key: `${row.key}:all`, label: row.stage, total: row.leads })}>{countText(row.leads)}</Opener></td>
                <td data-chart>{row.lost > 0 && <Bar value={row.lost} interval={null} most={most} />}</td>
                <td className={css.number} data-label={t('column.lostHere')}><Opener label={`${row.stage}: ${t('end.lost')}`} onOpen={() => setOpened({ answer: 'dropout', key: row.key, label: `${row.stage}: ${t('end.lost')}`, total: row.lost })}>{countText(row.lost)}</Opener></td>
                <td className={css.number} data-label={t('column.ofStage')}>{row.share === null || row.wilson95 === null ? t('tooFew') : <><strong>{percentText(row.share)}</strong> {intervalText(row.wilson95)}</>}</td>
                <td className={css.number} data-label={t('column.returned')}><Opener label={`${row.stage}: ${t('end.recycled')}`} onOpen={() => setOpened({ answer: 'dropout', key: row.returnedKey, label: `${row.stage}: ${t('end.recycled')}`, total: row.returned })}>{countText(row.returned)}</Opener></td>
                <td data-words><Reasons row={row} reasons={row.reasons} onOpen={setOpened} />{row.returned > 0 && <div>{t('dropout.returned')} <Reasons row={row} reasons={row.returnReasons} onOpen={setOpened} /></div>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <DropSplits content={content} onOpen={setOpened} />
      <p className={own.note}>{t('dropout.note')}</p>
      <Method of="dropout" />
      <LeadsDrawer workspace={workspace} opened={opened} onClose={() => setOpened(null)} />
    </>
  );
};
