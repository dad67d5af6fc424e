/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Locale } from '../../../../lib/vocabulary';
import { CommentPage } from './comment';
import { Done, Forgotten } from './done';
import { IdleWipe } from './idle';
import type { Place } from './keep';
import { keepOfflineCopy } from './offline-copy';
import type { PageProps } from './page-props';
import { Part } from './part';
import { Problem } from './problem';
import { Review } from './review';
import type { Session, SessionView } from './session';
import { Start } from './start';
import { Waiting } from './waiting';

const useSession = (session: Session): SessionView => {
  const [view, setView] = useState(session.now);
  useEffect(() => {
    setView(session.now);
    const stop = session.subscribe(() => setView(session.now));
    return () => {
      stop();
    };
  }, [session]);
  return view;
};

/** The pages of one questionnaire, in order: start, a part per section, comment, review. */
export const Questionnaire = ({ session, choose, wipe }: { session: Session; choose: (locale: Locale) => void; wipe: () => void }) => {
  const view = useSession(session);
  const { place } = view.kept;

  const go = (next: Place) => {
    // The browser's own way back leads one page back, not out.
    history.pushState({ place: next }, '');
    session.go(next);
  };

  useEffect(() => {
    history.replaceState({ place: session.now.kept.place }, '');
    const back = (event: PopStateEvent) => {
      const target = (event.state as { place?: Place } | null)?.place;
      if (target !== undefined) session.go(target);
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, [session]);

  useEffect(() => void keepOfflineCopy(), []);
  useLayoutEffect(() => scrollTo(0, 0), [place]);

  const page = pageFor({ session, view, go, choose }, wipe);
  const idles = session.kiosk && view.sending === 'no' && !view.kept.received && !view.forgotten;
  return (
    <>
      {page}
      {idles && <IdleWipe wipe={wipe} />}
    </>
  );
};

const pageFor = (props: PageProps, wipe: () => void) => {
  const { session, view } = props;
  const { place } = view.kept;
  if (view.forgotten) return <Forgotten />;
  if (view.kept.received) return <Done session={session} view={view} wipe={wipe} />;
  if (view.refused) return <Problem problem={view.refused} unsent kiosk={session.kiosk} back={() => session.stopWaiting()} choose={props.choose} />;
  if (view.sending !== 'no') return <Waiting session={session} view={view} />;
  if (place === 'comment' && session.opened.comments) return <CommentPage {...props} />;
  if (place === 'review' || place === 'comment') return <Review {...props} />;
  if (typeof place === 'number' && session.opened.sections[place]) return <Part key={place} {...props} index={place} />;
  return <Start {...props} />;
};
