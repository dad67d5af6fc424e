/** @jsxImportSource preact */
import type { Locale } from '../../../../lib/vocabulary';
import { LANGUAGE_NAMES, useSpeech } from './messages';

/** Nothing is shown when there is nothing to choose. */
export const LanguageChoice = ({ offered, choose }: { offered: readonly Locale[]; choose: (locale: Locale) => void }) => {
  const { t, locale } = useSpeech();
  if (offered.length < 2) return null;
  return (
    <label class="language">
      <span>{t('language')}</span>
      <select value={locale} onChange={(event) => choose(event.currentTarget.value as Locale)}>
        {offered.map((each) => (
          <option key={each} value={each} lang={each}>{LANGUAGE_NAMES[each]}</option>
        ))}
      </select>
    </label>
  );
};
