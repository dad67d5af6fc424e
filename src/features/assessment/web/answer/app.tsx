/** @jsxImportSource preact */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { LOCALES, type Locale } from '../../../../lib/vocabulary';
import { CodeEntry } from './code-entry';
import { preferredLocale, rememberLocale, speechIn, SpeechContext, type Speech } from './messages';
import { Problem } from './problem';
import { Questionnaire } from './questionnaire';
import { useEntry } from './use-entry';

/** The whole page: finds the way in, chooses the language, shows the questionnaire. */
export const App = () => {
  const { entry, kiosk, start, enterByCode, wipe, typeCode } = useEntry();
  const [speech, setSpeech] = useState<Speech>();
  const offered = entry.at === 'open' ? entry.session.opened.locales : LOCALES;
  const shared = kiosk || (entry.at === 'open' && entry.session.kiosk);

  const speak = useCallback(async (locale: Locale) => {
    const next = await speechIn(locale);
    document.documentElement.lang = locale;
    setSpeech(next);
  }, []);
  useEffect(() => void speak(preferredLocale(offered)), [offered, speak]);

  const choose = (locale: Locale) => {
    if (!shared) rememberLocale(locale);
    void speak(locale);
  };

  if (!speech) return null;
  return (
    <SpeechContext.Provider value={speech}>
      {entry.at === 'loading' && <p class="sheet quiet" role="status">{speech.t('loading')}</p>}
      {entry.at === 'code' && <CodeEntry unknown={entry.unknown === true} enter={enterByCode} choose={choose} />}
      {entry.at === 'problem' && <Problem {...entry} retry={start} typeCode={kiosk ? wipe : typeCode} kiosk={kiosk} choose={choose} />}
      {entry.at === 'open' && <Questionnaire session={entry.session} choose={choose} wipe={wipe} />}
    </SpeechContext.Provider>
  );
};
