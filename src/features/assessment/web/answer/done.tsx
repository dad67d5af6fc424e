/** @jsxImportSource preact */
import { inLocale } from '../../../../lib/vocabulary';
import { CANNOT_JUDGE, OPEN } from '../../answer-contract';
import { DeleteHere } from './delete-here';
import { Heading } from './heading';
import { useCountdown } from './idle';
import { dayIn, useSpeech } from './messages';
import { keyLabel } from './parts';
import type { Session, SessionView } from './session';

const KIOSK_CLEARS_AFTER_S = 20;

const KioskEnd = ({ wipe }: { wipe: () => void }) => {
  const { t } = useSpeech();
  const { left: seconds } = useCountdown(KIOSK_CLEARS_AFTER_S, wipe);
  return (
    <>
      <p>{t('done.clears', { seconds })}</p>
      <div class="actions"><button class="primary" onClick={wipe}>{t('done.clearNow')}</button></div>
    </>
  );
};

/** The answers given, as they lie on this device. */
const OwnAnswers = ({ session, view }: { session: Session; view: SessionView }) => {
  const { t, locale } = useSpeech();
  const { opened } = session;
  const worded = (value: number) => (value === OPEN ? t('own.open') : value === CANNOT_JUDGE ? t('key.cannotJudge') : keyLabel(opened.scale, value));
  return (
    <details class="see">
      <summary>{t('done.own')}</summary>
      <div>
        <p class="quiet">{t('done.ownOnly')}</p>
        {opened.sections.map((section) => (
          <section key={section.id}>
            <h2>{section.stem ? inLocale(section.stem, locale) : inLocale(section.toolTitle, locale)}</h2>
            <dl>
              {section.statements.map((statement) => (
                <div key={statement.id}>
                  <dt>{inLocale(statement.text, locale)}</dt>
                  <dd class={(view.kept.answers[statement.id] ?? OPEN) > OPEN ? undefined : 'aside'}>{worded(view.kept.answers[statement.id] ?? OPEN)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {view.kept.comment && <p class="own-comment">{view.kept.comment}</p>}
      </div>
    </details>
  );
};

/** Last page. */
export const Done = ({ session, view, wipe }: { session: Session; view: SessionView; wipe: () => void }) => {
  const { t, locale } = useSpeech();
  const { resultsOn, closesAt } = session.opened;
  return (
    <main class="sheet">
      <Heading text={t('done.title')} />
      <p>{resultsOn ? t('done.results', { date: dayIn(locale, resultsOn) }) : t('done.closes', { date: dayIn(locale, closesAt) })}</p>
      {session.kiosk ? (
        <KioskEnd wipe={wipe} />
      ) : (
        <>
          <OwnAnswers session={session} view={view} />
          <DeleteHere session={session} view={view} />
        </>
      )}
    </main>
  );
};

export const Forgotten = () => {
  const { t } = useSpeech();
  return <main class="sheet"><Heading text={t('done.deleted')} /></main>;
};
