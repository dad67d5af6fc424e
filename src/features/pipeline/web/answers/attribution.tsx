import css from '../../../../ui/data.module.css';
import { FunctionShape } from '../../../../ui/function-mark';
import { MODELS, type ModelId } from '../../domain/attribution/attribute';
import own from './answers.module.css';
import type { Content } from './calls';
import { LeadsDrawer, useOpened, type Opened } from '../leads-behind';
import { Bar, Method, Opener } from './parts';
import { countText, decimalText, groupText, percentText, ratioWithRange, t } from './text';

type Attribution = Content<'attribution'>;
type Influence = Attribution['influences'][number];

const names = (models: readonly ModelId[]): string => models.map((model) => t(`model.${model}`)).join(', ');
const points = (share: number): string => decimalText(share * 100);

const carried = (content: Attribution): ModelId[] => MODELS.filter((model) => content.channels.some(({ models }) => models[model] !== null));

const Models = ({ content, onOpen }: { content: Attribution; onOpen: (opened: Opened) => void }) => {
  const models = carried(content);
  const most = Math.max(...content.channels.flatMap((channel) => models.map((model) => channel.models[model]?.high ?? channel.models[model]?.share ?? 0)), 0.01);
  return (
    <section className={css.section}>
      <h2 className="lead">{t('attribution.models')}</h2>
      <p className={own.note}>{t('attribution.note', { orders: content.conversions })} {!content.intervals && t('attribution.noIntervals')}</p>
      <div className={css.scroll}>
        <table className={`${css.table} ${own.cards} ${own.three}`}>
          <thead><tr><th>{t('column.channel')}</th><th className={css.number}>{t('column.orders')}</th>{models.map((model) => <th key={model}>{t(`model.${model}`)}</th>)}</tr></thead>
          <tbody>
            {content.channels.map(({ key, orders, channel, side, models: shares }) => (
              <tr key={channel}>
                <td data-user-text><span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>{side && <FunctionShape fn={side} />}{channel}</span></td>
                <td className={css.number} data-label={t('column.orders')}><Opener label={channel} onOpen={() => onOpen({ answer: 'attribution', key, label: t('attribution.opened', { item: channel }), total: orders })}>{countText(orders)}</Opener></td>
                {models.map((model) => {
                  const own95 = shares[model];
                  if (!own95) return <td key={model} data-label={t(`model.${model}`)}>–</td>;
                  const { share, low, high } = own95;
                  return (
                    <td key={model} data-label={t(`model.${model}`)} className={own.model}>
                      <Bar value={share} interval={low === null || high === null ? null : [low, high]} most={most} side={side} />
                      <strong>{percentText(share)}</strong>{low !== null && high !== null && <div className="meta">{t('interval', { low: points(low), high: points(high) })}</div>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {Object.entries(content.reasons).length > 0 && <ul className={css.notes}>{MODELS.flatMap((model) => (content.reasons[model] ? [<li key={model}>{t(`model.${model}`)}: {content.reasons[model]}</li>] : []))}</ul>}
    </section>
  );
};

const Sides = ({ content }: { content: Attribution }) => {
  const models = carried(content);
  const sides = (['marketing', 'sales', 'unassigned'] as const).filter((side) => models.some((model) => (content.bySide[side]?.[model] ?? 0) > 0));
  return (
    <section className={css.section}>
      <h2 className="lead">{t('attribution.bySide')}</h2>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={t('attribution.bySide')}>
        <table className={`${css.table} ${own.cards} ${own.three}`}>
          <thead><tr><th>{t('split.origin')}</th>{models.map((model) => <th key={model} className={css.number}>{t(`model.${model}`)}</th>)}</tr></thead>
          <tbody>{sides.map((side) => <tr key={side}><td>{side === 'unassigned' ? t('unassigned') : <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}><FunctionShape fn={side} />{groupText(side)}</span>}</td>{models.map((model) => <td key={model} className={css.number} data-label={t(`model.${model}`)}>{percentText(content.bySide[side]?.[model] ?? 0)}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </section>
  );
};

const Disagreements = ({ content }: { content: Attribution }) => (
  <section className={css.section}>
    <h2 className="lead">{t('attribution.disagree')}</h2>
    {content.disagreements.length + content.orders.length === 0 ? <p className={own.note}>{t('attribution.disagree.none')}</p> : (
      <ul className={css.notes} data-user-text>
        {content.disagreements.map(({ channel, low, lowModel, high, highModel }) => <li key={channel}>{t('attribution.disagree.share', { channel, low: points(low), high: points(high), lowModel: t(`model.${lowModel}`), highModel: t(`model.${highModel}`) })}</li>)}
        {content.orders.map(({ first, second, firstAhead, secondAhead }) => <li key={`${first} ${second}`}>{t('attribution.disagree.order', { first, second, firstAhead: names(firstAhead), secondAhead: names(secondAhead) })}</li>)}
      </ul>
    )}
  </section>
);

const Influences = ({ title, rows, onOpen }: { title: string; rows: Influence[]; onOpen: (opened: Opened) => void }) => (
  <section className={css.section}>
    <h2 className="lead">{title}</h2>
    <p className={own.note}>{t(rows.length === 0 ? 'attribution.influence.none' : 'attribution.influence.note')}</p>
    {rows.length > 0 && (
      <div className={css.scroll}>
        <table className={`${css.table} ${own.cards}`}>
          <thead><tr><th>{t('column.item')}</th><th className={css.number}>{t('column.metBy')}</th><th className={css.number}>{t('column.orders')}</th><th className={css.number}>{t('column.share')}</th><th className={css.number}>{t('column.lift')}</th></tr></thead>
          <tbody>{rows.map(({ key, items, met, orders, shareOfOrders, lift }) => <tr key={key}><td data-user-text>{items.join(' + ')}</td><td className={css.number} data-label={t('column.metBy')}>{countText(met)}</td><td className={css.number} data-label={t('column.orders')}><Opener label={items.join(' + ')} onOpen={() => onOpen({ answer: 'attribution', key, label: t('attribution.opened', { item: items.join(' + ') }), total: orders })}>{countText(orders)}</Opener></td><td className={css.number} data-label={t('column.share')}>{percentText(shareOfOrders)}</td><td className={css.number} data-label={t('column.lift')}>{lift ? ratioWithRange(lift.value, lift.ci95) : '–'}</td></tr>)}</tbody>
        </table>
      </div>
    )}
  </section>
);

/** What is said of the touches themselves: how many stand on a way to an end, or why none does. */
const tiedText = ({ tied }: Attribution): string => {
  const values = { touches: countText(tied.touches), activities: countText(tied.activities), contacts: countText(tied.contacts), onPath: countText(tied.onPath), wonWithout: tied.wonWithout, keyed: tied.keyed };
  if (tied.touches + tied.activities === 0) return t('attribution.nothing');
  return t(tied.onPath === 0 ? 'attribution.untied' : 'attribution.tied', values);
};

/** Attribution: first what the data can carry, then the models beside each other, then where they disagree. */
export const AttributionModels = ({ workspace, content }: { workspace: string; content: Attribution }) => {
  const [opened, setOpened] = useOpened('attribution');
  return (
  <>
    <p className={own.note}>{tiedText(content)}</p>
    {content.channels.length > 0 && (
      <>
        <Models content={content} onOpen={setOpened} />
        <Sides content={content} />
        <Disagreements content={content} />
        <Influences title={t('attribution.influence')} rows={content.influences} onOpen={setOpened} />
        <Influences title={t('attribution.combinations')} rows={content.combinations} onOpen={setOpened} />
      </>
    )}
    <Method of="attribution" />
    <LeadsDrawer workspace={workspace} opened={opened} onClose={() => setOpened(null)} />
  </>
  );
};
