import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { clockText } from '../../../ui/when';
import type { Session } from './live/use-live';
import css from './huddle.module.css';
import { t } from './text';

const PATIENCE = 2_000;

/** Whether everything typed here is saved, always in sight. */
export const Saved = ({ session }: { session: Session }) => (
  <span className="meta" role="status">
    {session.waiting.length > 0 ? t('saved.waiting', { count: session.waiting.length }) : session.savedAt ? t('saved.at', { time: clockText(new Date(session.savedAt)) }) : t('saved.nothing')}
  </span>
);

/** After two seconds without the server, that it is away and that nothing is lost. */
export const AwayBanner = ({ session }: { session: Session }) => {
  const [late, setLate] = useState(false);
  const away = session.status === 'away' || session.status === 'coming';
  useEffect(() => {
    const waiting = setTimeout(() => setLate(away), away ? PATIENCE : 0);
    return () => clearTimeout(waiting);
  }, [away]);
  return late && away ? <div className={css.banner} role="alert">{t('away')}</div> : null;
};

/** What was typed, as far as it is text. */
const textIn = (operation: object): string => ('text' in operation && typeof operation.text === 'string' ? operation.text : '');

/** Texts that can no longer be sent from here, since the place has ended: told, so that they can be copied. */
export const Left = ({ session }: { session: Session }) => {
  const texts = session.waiting.flatMap(({ id, operation }) => { const text = textIn(operation); return text === '' ? [] : [{ id, text }]; });
  return texts.length > 0 ? <section role="alert"><p>{t('shut.left', { count: texts.length })}</p><ul className={css.notes}>{texts.map(({ id, text }) => <li key={id} className={`${css.note} hatched`} data-user-text>{text}</li>)}</ul></section> : null;
};

/** What was not taken, why, and what was typed, so that nobody has to type it again. */
export const Refused = ({ session }: { session: Session }) => (
  <>
    {session.refused.map(({ queued, refusal }) => (
      <div key={queued.id} className={css.banner} role="alert">
        <span>{t(`refused.${refusal as 'not_now'}`)}{textIn(queued.operation) && <> <q data-user-text>{textIn(queued.operation)}</q></>}</span>
        <Button size="compact-sm" variant="default" onClick={() => session.forgive(queued.id)}>{t('refused.close')}</Button>
      </div>
    ))}
  </>
);

/** What was typed here and is on its way. */
export const Waiting = ({ session, step, channel }: { session: Session; step: string; /** Of one heading alone. */ channel?: string }) => {
  const texts = session.waiting.flatMap(({ id, operation }) => (operation.kind === 'note' && operation.step === step && (channel === undefined || operation.channel === channel) ? [{ id, text: operation.text }] : []));
  return texts.length > 0 ? <ul className={css.notes} aria-label={t('saved.waiting', { count: texts.length })}>{texts.map(({ id, text }) => <li key={id} className={`${css.note} hatched`} data-user-text>{text}</li>)}</ul> : null;
};
