import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import css from '../../../../ui/data.module.css';
import { FunctionLabel } from '../../../../ui/function-mark';
import { customersClient, type Customer, type LinkPair } from '../calls';
import { evidenceText, l, percentText } from '../linking/text';
import { useDecide } from '../linking/use-decide';
import { OptedOut } from '../opted-out';
import { t } from '../text';
import { useRight } from '../use-right';

const nameOf = ({ fields, key }: LinkPair['a']): string => {
  const known = new Map(fields.map(({ field, value }) => [field, String(value)]));
  return known.get('name') ?? ([known.get('firstName'), known.get('lastName')].filter(Boolean).join(' ') || known.get('company') || known.get('email') || key);
};

const Linked = ({ pair }: { pair: LinkPair }) => (
  <li>
    {pair.byPerson || pair.probability === null ? l('customer.why.person') : l('customer.why.matching', { percent: percentText(pair.probability) })}
    {pair.evidence.length > 0 && <span className="meta"> {pair.evidence.map(evidenceText).join('. ')}.</span>}
  </li>
);

/** The linked records, each of which can be parted; why they are linked; and what is kept apart from them. */
export const Records = ({ workspace, customer }: { workspace: string; customer: Customer }) => {
  const mayLink = useRight(workspace, 'records:link');
  const { act, reload } = useDecide(workspace);
  const several = customer.records.length > 1;
  const part = (id: string) => void act(() => customersClient.partRecord({ workspace, id }), () => l('customer.parted'));
  const takeBack = ({ a, b }: LinkPair) => void act(async () => {
    await customersClient.undecide({ workspace, before: [{ a: a.id, b: b.id, was: null, byPerson: false }] });
    await reload();
    return { before: [], left: 0 };
  }, () => l('customer.apart.done'));
  const linked = customer.links.filter(({ state }) => state === 'linked');
  const apart = customer.links.filter(({ state }) => state === 'never');
  const waiting = customer.links.filter(({ state, a, b }) => state === 'review' && a.party !== b.party);
  return (
    <section className={css.section}>
      <h2 className="lead">{l('customer.records', { count: customer.records.length })}</h2>
      <table className={css.table}>
        <tbody>
          {customer.records.map((row) => (
            <tr key={row.id}>
              <td><FunctionLabel fn={row.side}>{row.sourceName}</FunctionLabel><div>{row.name}</div><div className="meta">{t(`kind.${row.kind}`)} · {row.key}</div>{row.optedOut && <OptedOut />}</td>
              {mayLink && several && <td style={{ textAlign: 'right' }}><Button size="compact-sm" variant="default" aria-label={l('customer.part.label', { system: row.sourceName })} onClick={() => part(row.id)}>{l('customer.part')}</Button></td>}
            </tr>
          ))}
        </tbody>
      </table>
      {!several && <div className="meta">{l('customer.alone')}</div>}
      {waiting.length > 0 && <Link to="/w/$workspace/customers/review" params={{ workspace }}>{l('customer.waits', { count: waiting.length })}</Link>}
      {linked.length > 0 && <details><summary>{l('customer.why')}</summary><ul className={css.notes}>{linked.map((pair) => <Linked key={`${pair.a.id}${pair.b.id}`} pair={pair} />)}</ul></details>}
      {apart.map((pair) => {
        const other = pair.a.party === customer.party ? pair.b : pair.a;
        return (
          <div key={`${pair.a.id}${pair.b.id}`} className="meta">
            {l('customer.apart')} <Link to="/w/$workspace/customers/$party" params={{ workspace, party: other.party }}>{nameOf(other)}</Link> ({other.sourceName}){' '}
            {mayLink && <Button size="compact-xs" variant="default" onClick={() => takeBack(pair)}>{l('customer.apart.back')}</Button>}
          </div>
        );
      })}
    </section>
  );
};
