import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import css from '../../../../ui/data.module.css';
import { FunctionShape } from '../../../../ui/function-mark';
import { Answered, Page } from '../../../../ui/page';
import { customersCalls, type Customer } from '../calls';
import view from '../customer/customer.module.css';
import { Fields } from '../customer/fields';
import { Records } from '../customer/records';
import { TimeLine } from '../customer/time-line';
import { l } from '../linking/text';
import { OptedOut } from '../opted-out';

export const Route = createFileRoute('/w/$workspace/customers/$party')({ component: OneCustomer });

function OneCustomer() {
  const { workspace, party } = Route.useParams();
  const customer = useQuery({ ...customersCalls.customer.queryOptions({ input: { workspace, id: party } }), retry: false });
  const { data } = customer;
  const title = data ? l('customer.title', { name: data.name, systems: new Set(data.records.map((row) => row.sourceName)).size }) : l('customer.tab');
  return (
    <Page title={title} tab={data?.name ?? l('customer.tab')} source={data ? l(`customer.${data.kind}`) : undefined}>
      <div><Link to="/w/$workspace/customers" params={{ workspace }}>{l('customer.back')}</Link></div>
      <Answered query={customer} rows={8}>{(there) => <Whole key={there.party} workspace={workspace} customer={there} />}</Answered>
    </Page>
  );
}

const Whole = ({ workspace, customer }: { workspace: string; customer: Customer }) => (
  <>
    {customer.optedOut && <WhoSaysOut customer={customer} optedOut={customer.optedOut} />}
    <div className={view.columns}>
      <div className={view.main}><TimeLine workspace={workspace} customer={customer} /></div>
      <div className={view.beside}>
        <Records workspace={workspace} customer={customer} />
        {customer.kind === 'person'
          ? <Others workspace={workspace} rows={customer.organisations} title={l('customer.at')} none={l('customer.noOrganisation')} />
          : <Others workspace={workspace} rows={customer.people} title={l('customer.people', { count: customer.people.length })} none={l('customer.nobody')} />}
        {customer.deals.length > 0 && <Deals deals={customer.deals} />}
      </div>
    </div>
    <Fields customer={customer} />
  </>
);

const WhoSaysOut = ({ customer, optedOut }: { customer: Customer; optedOut: NonNullable<Customer['optedOut']> }) => {
  const systems = (ids: readonly string[]) => [...new Set(customer.records.filter((row) => ids.includes(row.id)).map((row) => row.sourceName))];
  const unaware = systems(optedOut.unaware);
  return (
    <section className="panel">
      <OptedOut whole /> {l('customer.out.by', { systems: systems(optedOut.by).join(', ') })}
      {unaware.length > 0 && <> {l('customer.out.unaware', { systems: unaware.join(', '), count: unaware.length })}</>}
    </section>
  );
};

const Others = ({ workspace, rows, title, none }: { workspace: string; rows: Customer['people']; title: string; none: string }) => (
  <section className={css.section}>
    <h2 className="lead">{title}</h2>
    {rows.length === 0 ? <div className="meta">{none}</div> : (
      <ul className={view.list}>
        {rows.map((row) => (
          <li key={row.party}>
            <Link to="/w/$workspace/customers/$party" params={{ workspace, party: row.party }}>{row.name}</Link>
            {row.title && <span className="meta"> {row.title}</span>} {row.optedOut && <OptedOut />} {row.sides.map((side) => <FunctionShape key={side} fn={side} />)}
          </li>
        ))}
      </ul>
    )}
  </section>
);

const Deals = ({ deals }: { deals: Customer['deals'] }) => (
  <section className={css.section}>
    <h2 className="lead">{l('deals.title', { count: deals.length })}</h2>
    <table className={css.table}>
      <thead><tr><th scope="col">{l('deals.name')}</th><th scope="col">{l('deals.stage')}</th><th scope="col" className={css.number}>{l('deals.amount')}</th></tr></thead>
      <tbody>{deals.map((deal) => <tr key={deal.id}><td>{deal.name}</td><td>{deal.stage ?? '–'}</td><td className={css.number}>{deal.amount === null ? '–' : `${new Intl.NumberFormat('en-GB').format(deal.amount)}${deal.currency ? ` ${deal.currency}` : ''}`}</td></tr>)}</tbody>
    </table>
  </section>
);
