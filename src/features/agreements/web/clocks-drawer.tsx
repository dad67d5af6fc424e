import { Drawer, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import data from '../../../ui/data.module.css';
import { Answered } from '../../../ui/page';
import { When } from '../../../ui/when';
import { OptedOut } from '../../customers/web/public';
import { CLOCK_STATES, type ClockState } from '../domain/clock';
import { agreementsCalls, type CardView, type ClockView } from './calls';
import { t } from './text';

const AT_MOST = 100;

/** The leads behind a figure, by the state of their clocks. */
export const ClocksDrawer = ({ workspace, card, onClose }: { workspace: string; card: CardView | null; onClose: () => void }) => (
  <Drawer opened={card !== null} onClose={onClose} position="right" size={420} title={card ? t('clocks.title', { name: card.name }) : ''} closeButtonProps={{ 'aria-label': t('close') }}>
    {card && (card.signed?.commitment.kind === 'count' ? <p>{t('clocks.count')}</p> : <Clocks workspace={workspace} id={card.id} />)}
  </Drawer>
);

const Clocks = ({ workspace, id }: { workspace: string; id: string }) => {
  const [state, setState] = useState<ClockState | ''>('missed');
  const clocks = useQuery(agreementsCalls.clocks.queryOptions({ input: { workspace, id, limit: AT_MOST, ...(state ? { state } : {}) } }));
  return (
    <Stack gap="md">
      <NativeSelect label={t('clocks.state')} value={state} onChange={(event) => setState(CLOCK_STATES.find((each) => each === event.currentTarget.value) ?? '')} data={[{ value: '', label: t('clocks.all') }, ...CLOCK_STATES.map((each) => ({ value: each, label: t(`state.${each}`) }))]} />
      <Answered query={clocks}>
        {({ total, rows }) => total === 0 ? <p className="meta">{t('clocks.none')}</p> : (
          <>
            <p className="meta" style={{ margin: 0 }}>{t('clocks.total', { count: total, shown: total > rows.length ? rows.length : 0 })}</p>
            <ClockTable workspace={workspace} rows={rows} />
          </>
        )}
      </Answered>
    </Stack>
  );
};

export const ClockTable = ({ workspace, rows, names }: { workspace: string; rows: readonly ClockView[]; names?: ReadonlyMap<string, string> }) => (
  <div className={data.scroll}>
    <table className={data.table}>
      <thead><tr><th scope="col">{t('clocks.account')}</th><th scope="col">{t('clocks.team')}</th><th scope="col">{t('clocks.state')}</th><th scope="col">{t('clocks.due')}</th></tr></thead>
      <tbody>
        {rows.map((clock) => (
          <tr key={`${clock.agreement}-${clock.lead}`}>
            <td><Link to="/w/$workspace/customers/$party" params={{ workspace, party: clock.lead }} className={data.strong} data-user-text>{clock.account ?? t('live.unnamed')}</Link>{clock.optedOut && <div><OptedOut /></div>}{names && <div className="meta" data-user-text>{names.get(clock.agreement)}</div>}</td>
            <td data-user-text>{clock.team ?? '–'}</td>
            <td style={{ whiteSpace: 'nowrap' }}>{t(`state.${clock.state}`)}</td>
            <td>{clock.dueAt ? <When at={clock.dueAt} /> : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
