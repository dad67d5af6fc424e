import { Link } from '@tanstack/react-router';
import css from '../../../../ui/data.module.css';
import { FunctionLabel } from '../../../../ui/function-mark';
import type { LinkPair } from '../calls';
import { OptedOut } from '../opted-out';
import { cellText, coded, t } from '../text';
import own from './pair.module.css';
import { evidenceText, l, percentText, vetoText } from './text';

type Side = LinkPair['a'];

/** Lines of the comparison: what is read together, and what the matching calls it. */
const ROWS: readonly { key: string; fields: readonly string[]; evidence: readonly string[] }[] = [
  { key: 'name', fields: ['firstName', 'lastName', 'name'], evidence: ['given', 'surname'] },
  { key: 'email', fields: ['email'], evidence: ['email'] },
  { key: 'phone', fields: ['phone'], evidence: ['phone'] },
  { key: 'company', fields: ['company'], evidence: ['organisation'] },
  { key: 'website', fields: ['website'], evidence: ['site'] },
  { key: 'address', fields: ['street', 'postcode', 'city', 'country'], evidence: ['street', 'number', 'place', 'postcode', 'city', 'region', 'country'] },
  { key: 'jobTitle', fields: ['jobTitle'], evidence: [] },
  { key: 'owner', fields: ['owner'], evidence: [] },
  { key: 'status', fields: ['status'], evidence: [] },
  { key: 'enteredAt', fields: ['enteredAt'], evidence: [] },
];

const said = (side: Side, fields: readonly string[]): string => {
  const known = new Map(side.fields.map(({ field, value }) => [field, value]));
  const parts = fields.filter((field) => field !== 'name' || !(known.has('firstName') || known.has('lastName'))).flatMap((field) => known.get(field) ?? []);
  return fields.includes('name') ? parts.join(' ') : parts.map(cellText).join(', ');
};

const label = (key: string): string => (key === 'name' ? l('row.name') : key === 'address' ? l('row.address') : coded('field', key));

/** Which function stands left is drawn once for a workspace, so that neither is always first. */
const leftSide = (workspace: string): Side['side'] => (Number.parseInt(workspace.slice(0, 1), 16) % 2 === 0 ? 'sales' : 'marketing');

const Head = ({ workspace, side }: { workspace: string; side: Side }) => (
  <>
    <FunctionLabel fn={side.side} />
    <div className="meta">{side.sourceName} · {t(`kind.${side.kind}`)} · <Link to="/w/$workspace/customers/$party" params={{ workspace, party: side.party }}>{l('pair.open')}</Link></div>
    {side.optedOut && <OptedOut />}
  </>
);

/** Two records side by side, and what each field says about their being one customer. */
export const Pair = ({ workspace, pair }: { workspace: string; pair: LinkPair }) => {
  const [left, right] = pair.b.side === leftSide(workspace) && pair.a.side !== pair.b.side ? [pair.b, pair.a] : [pair.a, pair.b];
  const isOrganisation = left.kind === 'account';
  const rows = ROWS.map((row) => (isOrganisation && row.key === 'company' ? { ...row, evidence: [] } : isOrganisation && row.key === 'name' ? { ...row, evidence: ['organisation'] } : row))
    .map((row) => ({ ...row, left: said(left, row.fields), right: said(right, row.fields), words: pair.evidence.filter(({ field }) => row.evidence.includes(field)).map(evidenceText) }))
    .filter((row) => row.left !== '' || row.right !== '');
  return (
    <>
      <p style={{ margin: 0 }}>
        {pair.probability !== null && <strong>{l('pair.likely', { percent: percentText(pair.probability) })} </strong>}
        {pair.reasons.length > 0 ? pair.reasons.map(vetoText).join(' ') : l('pair.unsure')}
      </p>
      <div className={css.scroll}>
        <table className={`${css.table} ${own.sides}`}>
          <thead>
            <tr><th scope="col" className={css.wide}>{l('pair.field')}</th><th scope="col"><Head workspace={workspace} side={left} /></th><th scope="col"><Head workspace={workspace} side={right} /></th><th scope="col" className={css.wide}>{l('pair.says')}</th></tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row" className={css.wide} style={{ borderBottomColor: 'var(--hairline)' }}>{label(row.key)}</th>
                {[row.left, row.right].map((text, at) => (
                  <td key={at} style={{ minWidth: 120 }}>
                    <div className={`meta ${css.narrow}`}>{label(row.key)}</div>
                    {text === '' ? <span className={css.quiet}>{l('nothing')}</span> : <span className={row.words.length > 0 ? css.strong : undefined}>{text}</span>}
                    {at === 0 && row.words.length > 0 && <div className={`meta ${css.narrow}`}>{row.words.join('. ')}</div>}
                  </td>
                ))}
                <td className={css.wide}>{row.words.map((text) => <div key={text}>{text}</div>)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};
