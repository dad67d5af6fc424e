import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { clientOf } from '../../../../browser/rpc';
import css from '../../../../ui/data.module.css';
import { FunctionLabel } from '../../../../ui/function-mark';
import { When } from '../../../../ui/when';
import type { pipelineContract } from '../../../pipeline/contract';
import { reasonText } from '../../../pipeline/web/public';
import type { Customer } from '../calls';
import { l } from '../linking/text';
import { momentsOf } from './moments';
import { OneNote, WriteNote } from './notes';

const pipelineCalls = createTanstackQueryUtils(clientOf<typeof pipelineContract>('pipeline'), { path: ['pipeline'] });

const SHOWN = 30;

/** What both systems recorded and what the shared process says, in one order of time. */
export const TimeLine = ({ workspace, customer }: { workspace: string; customer: Customer }) => {
  const [all, setAll] = useState(false);
  const [now] = useState(Date.now);
  const pipelines = useQuery(pipelineCalls.pipelines.queryOptions({ input: { workspace } }));
  // Somebody whom no system put into the process has no log, and that is no fault.
  const lead = useQuery({ ...pipelineCalls.lead.queryOptions({ input: { workspace, id: customer.party } }), enabled: customer.kind === 'person', retry: false });
  const names = new Map((pipelines.data ?? []).flatMap(({ stages }) => stages.map(({ id, name }) => [id, name] as const)));
  const moments = momentsOf(customer, lead.data?.log ?? [], { stageName: (id) => names.get(id) ?? '…', reasonText, now });
  return (
    <section className={css.section}>
      <h2 className="lead">{l('time.title')}</h2>
      <WriteNote workspace={workspace} party={customer.party} />
      {moments.length === 0 ? <p className={css.quiet} style={{ margin: 0 }}>{l('time.empty')}</p> : (
        <table className={css.table}>
          <tbody>
            {moments.slice(0, all ? moments.length : SHOWN).map((moment) => (
              <tr key={moment.key}>
                <td style={{ width: 104 }} className={css.quiet}><When at={moment.at} /></td>
                <td><div className={css.strong}>{moment.what}</div>{moment.more && <div className="meta">{moment.more}</div>}{moment.note && <OneNote workspace={workspace} note={moment.note} />}</td>
                <td style={{ width: 120 }}>{moment.side && <FunctionLabel fn={moment.side} />}<div className="meta">{moment.source}</div></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!all && moments.length > SHOWN && <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => setAll(true)}>{l('time.more', { count: moments.length })}</Button>}
      {customer.eventsCut && <div className="meta">{l('time.cut')}</div>}
    </section>
  );
};
