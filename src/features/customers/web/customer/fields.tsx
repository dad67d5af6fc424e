import css from '../../../../ui/data.module.css';
import { FunctionLabel } from '../../../../ui/function-mark';
import type { Customer } from '../calls';
import { l } from '../linking/text';
import { cellText, coded } from '../text';

type Field = Customer['fields'][number];

const CUSTOM = 'custom.';
const label = ({ field, custom }: Field): string => (custom ? field.slice(CUSTOM.length) : coded('field', field));

/** Which record is shown and why, and which others say something else. */
const Who = ({ row }: { row: Field }) => (
  <>
    <div><FunctionLabel fn={row.shown.side}>{row.shown.sourceName}</FunctionLabel> <span className="meta">{l(`why.${row.why}`)}</span></div>
    {row.disagrees && row.says.filter((each) => each.record !== row.shown.record && each.value !== row.shown.value).map((each) => (
      <div key={each.record}><FunctionLabel fn={each.side}>{l('fields.otherwise', { system: each.sourceName, value: cellText(each.value) })}</FunctionLabel></div>
    ))}
  </>
);

/** For every field what is shown, why, and who says otherwise; disagreements stand first. */
export const Fields = ({ customer }: { customer: Customer }) => {
  const fields = customer.fields.toSorted((one, other) => Number(other.disagrees) - Number(one.disagrees));
  const disagreeing = fields.filter(({ disagrees }) => disagrees).length;
  return (
    <section className={css.section}>
      <div>
        <h2 className="lead">{l('fields.title')}</h2>
        {customer.records.length > 1 && <div className="meta">{l('fields.disagree', { count: disagreeing })}</div>}
      </div>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead><tr><th scope="col">{l('fields.field')}</th><th scope="col">{l('fields.shown')}</th><th scope="col" className={css.wide}>{l('fields.who')}</th></tr></thead>
          <tbody>
            {fields.map((row) => (
              <tr key={row.field}>
                <th scope="row" style={{ whiteSpace: 'normal', borderBottomColor: 'var(--hairline)' }}>{label(row)}</th>
                <td><div className={css.strong}>{cellText(row.shown.value)}</div><div className={css.narrow}><Who row={row} /></div></td>
                <td className={css.wide}><Who row={row} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
