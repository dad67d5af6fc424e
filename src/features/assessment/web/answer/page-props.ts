import type { Locale } from '../../../../lib/vocabulary';
import type { Place } from './keep';
import type { Session, SessionView } from './session';

/** What every page of a questionnaire is given. */
export type PageProps = { session: Session; view: SessionView; go: (place: Place) => void; choose: (locale: Locale) => void };
