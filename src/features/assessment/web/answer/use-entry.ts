import { useCallback, useEffect, useState } from 'preact/hooks';
import type { AnswerErrorCode, OpenRequest, OpenResponse } from '../../answer-contract';
import { open, Refusal } from './api';
import { deviceStorage, keeperFor } from './keep';
import { addressOf, isKiosk, linkIn, type Link } from './link';
import { faultIn, nameOfToken } from './seal';
import { Session } from './session';

export type Problem = AnswerErrorCode | 'list' | 'group' | 'offline';

export type Entry =
  | { at: 'loading' }
  | { at: 'code'; unknown?: boolean }
  | { at: 'problem'; problem: Problem; opensAt?: string; minimum?: number; unsent?: boolean }
  | { at: 'open'; session: Session };

const KIOSK_ADDRESS = '/a?kiosk';
const KIOSK_LINK = 'lockstep-answer:kiosk-link';
const RETRY_MS = 3_000;

const keeperOf = (kiosk: boolean, link: Pick<Link, 'wave' | 'token'>) => keeperFor(deviceStorage(kiosk), `lockstep-answer:${link.wave}:${nameOfToken(link.token)}`);

/** On a shared device the link must not stay in the address bar or the history, but a reload must find it. */
const hideLink = (link: Link): void => {
  deviceStorage(true)?.setItem(KIOSK_LINK, addressOf(link));
  history.replaceState(null, '', KIOSK_ADDRESS);
};

const begin = (opened: OpenResponse, link: Link, kiosk: boolean): Entry => {
  const fault = faultIn(opened, link.h);
  if (fault) return { at: 'problem', problem: fault, minimum: opened.minimum };
  // Nobody answers for ten minutes to hear then that it is over: without a ballot from before, nothing can be sent any more.
  const kept = keeperOf(kiosk, link).read();
  if (opened.closing && !link.carried && !kept.ballot && !kept.received) return { at: 'problem', problem: 'closed', unsent: Object.keys(kept.answers).length > 0 };
  if (kiosk) hideLink(link);
  else history.replaceState(history.state, '', addressOf({ ...link, h: opened.h, carried: undefined }));
  return { at: 'open', session: new Session(opened, kiosk, keeperOf(kiosk, link), link.carried) };
};

/** What to show when the server said no or nothing, given what the device kept. */
const withoutServer = (error: unknown, link: Link, kiosk: boolean): Entry => {
  const kept = keeperOf(kiosk, link).read();
  const refused = error instanceof Refusal ? error : undefined;
  if (kept.opened && (!refused || (refused.code === 'closed' && kept.received))) return begin(kept.opened, link, kiosk);
  if (!refused) return { at: 'problem', problem: 'offline' };
  return { at: 'problem', problem: refused.code, opensAt: refused.opensAt, unsent: Object.keys(kept.answers).length > 0 && !kept.received };
};

/** The way from an address or a typed code to an open questionnaire. */
export const useEntry = () => {
  const [entry, setEntry] = useState<Entry>({ at: 'loading' });
  const [kiosk] = useState(() => isKiosk(location.href));

  const enterByLink = useCallback(
    async (link: Link) => {
      try {
        const opened = await open({ wave: link.wave, token: link.token });
        setEntry(begin(opened, link, kiosk || opened.kiosk === true));
      } catch (error) {
        setEntry(withoutServer(error, link, kiosk));
      }
    },
    [kiosk],
  );

  const enterByCode = useCallback(
    async (code: string): Promise<void> => {
      const request: OpenRequest = { code };
      try {
        const opened = await open(request);
        setEntry(begin(opened, { wave: opened.wave, token: opened.token, h: opened.h }, kiosk || opened.kiosk === true));
      } catch (error) {
        const refused = error instanceof Refusal ? error : undefined;
        if (refused && (refused.code === 'unknown_link' || refused.code === 'malformed')) setEntry({ at: 'code', unknown: true });
        else setEntry({ at: 'problem', problem: refused?.code ?? 'offline', opensAt: refused?.opensAt });
      }
    },
    [kiosk],
  );

  const start = useCallback(() => {
    const link = linkIn(location.href) ?? (kiosk ? linkIn(deviceStorage(true)?.getItem(KIOSK_LINK) ?? '') : undefined);
    if (link) void enterByLink(link);
    else setEntry({ at: 'code' });
  }, [enterByLink, kiosk]);

  useEffect(start, [start]);

  useEffect(() => {
    const changed = () => {
      if (linkIn(location.href)) location.reload();
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);

  const lost = entry.at === 'problem' && entry.problem === 'offline';
  useEffect(() => {
    if (!lost) return;
    const timer = setInterval(start, RETRY_MS);
    addEventListener('online', start);
    return () => {
      clearInterval(timer);
      removeEventListener('online', start);
    };
  }, [lost, start]);

  /** A shared device is ready for the next person. */
  const wipe = useCallback(() => {
    if (entry.at === 'open') entry.session.forget();
    deviceStorage(true)?.removeItem(KIOSK_LINK);
    history.replaceState(null, '', KIOSK_ADDRESS);
    setEntry({ at: 'code' });
  }, [entry]);

  const typeCode = useCallback(() => setEntry({ at: 'code' }), []);

  return { entry, kiosk, start, enterByCode, wipe, typeCode };
};
