import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { sayFault } from '../../../ui/notify';
import { dayText } from '../../../ui/when';
import { KeptBar, SixPeriods } from './bars';
import { agreementsCalls, useReload, useRight, type CardView } from './calls';
import css from './agreements.module.css';
import { periodText, promiseText, rateText, t, termsText } from './text';
import { Waiting } from './waiting';

export type CardAct = 'leads' | 'change' | 'history';

const Figures = ({ card, onOpen }: { card: CardView; onOpen: (() => void) | undefined }) => {
  const now = card.periods.at(-1);
  const side = card.signed?.commitment.owes;
  if (!now || !side) return <p className="meta">{t('card.unsigned')}</p>;
  return (
    <>
      <KeptBar counts={now} side={side} />
      <p>
        {now.due === 0 ? t('card.none', { period: periodText(now.period) }) : onOpen ? <button type="button" className={css.open} onClick={onOpen}>{t('card.kept', { kept: now.kept, due: now.due })}</button> : <strong>{t('card.kept', { kept: now.kept, due: now.due })}</strong>}
        {now.rate ? `, ${rateText(now.rate)}` : now.due > 0 && <span className="meta"> · {t('card.small')}</span>}
      </p>
      <p className="meta">{[periodText(now.period), now.notYetDue > 0 && t('card.open', { count: now.notYetDue, early: now.early }), now.paused > 0 && t('card.paused', { count: now.paused })].filter(Boolean).join(' · ')}</p>
      <SixPeriods periods={card.periods} side={side} />
    </>
  );
};

/** One promise: its sentence, how it is kept, and what waits for a signature. */
export const CommitmentCard = ({ workspace, card, onAct }: { workspace: string; card: CardView; onAct: (act: CardAct, card: CardView) => void }) => {
  const mayPropose = useRight(workspace, 'agreements:propose');
  const maySee = useRight(workspace, 'clocks:read');
  const reload = useReload();
  const end = useMutation(agreementsCalls.proposeEnd.mutationOptions({ onSuccess: () => reload(), onError: sayFault }));
  const says = card.signed ?? card.waiting;
  const settled = card.endedAt !== null || card.waiting !== null;
  return (
    <article className={`panel ${css.card}`} aria-labelledby={`card-${card.id}`}>
      <div className={css.head}>
        <h3 id={`card-${card.id}`} data-user-text>{card.name}</h3>
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="subtle" color="ink" aria-label={t('card.more', { name: card.name })}><IconDots size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            {maySee && card.signed && <Menu.Item onClick={() => onAct('leads', card)}>{t('card.leads')}</Menu.Item>}
            <Menu.Item onClick={() => onAct('history', card)}>{t('card.history')}</Menu.Item>
            {mayPropose && !settled && <Menu.Item onClick={() => onAct('change', card)}>{t('card.change')}</Menu.Item>}
            {mayPropose && !settled && card.signed && <Menu.Item onClick={() => end.mutate({ workspace, id: card.id, note: '' })}>{t('card.end')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      </div>
      {says && <p className="meta">{card.name.toLowerCase() === promiseText(says.commitment).toLowerCase() ? '' : `${promiseText(says.commitment)}. `}{termsText(says.commitment)}</p>}
      {card.endedAt ? <p className="meta">{t('card.ended', { date: dayText(card.endedAt) })}</p> : <Figures card={card} onOpen={maySee && card.signed?.commitment.kind === 'response' ? () => onAct('leads', card) : undefined} />}
      {card.waiting && <Waiting workspace={workspace} id={card.id} version={card.waiting} isChange={card.signed !== null}>{card.signed && <p>{promiseText(card.waiting.commitment)}. <span className="meta">{termsText(card.waiting.commitment)}</span></p>}</Waiting>}
    </article>
  );
};
