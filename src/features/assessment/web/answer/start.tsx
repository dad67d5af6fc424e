/** @jsxImportSource preact */
import { inLocale } from '../../../../lib/vocabulary';
import { DeleteHere } from './delete-here';
import { Heading } from './heading';
import { LanguageChoice } from './language-choice';
import { dayIn, useSpeech } from './messages';
import { minutesLeft, openIn } from './parts';
import type { PageProps } from './page-props';
import { ownWords } from './seal';
import { WhatTheySee } from './what-they-see';

/** First page: who asks, two promises, one button. */
export const Start = ({ session, view, go, choose }: PageProps) => {
  const { t, locale } = useSpeech();
  const { opened, kiosk } = session;
  const leaf = inLocale(opened.leaf.label, locale);
  const begun = Object.keys(view.kept.answers).length > 0;
  const minutes = Math.max(1, minutesLeft(opened, view.kept.answers));
  const firstOpen = opened.sections.findIndex((section) => openIn(section, view.kept.answers).length > 0);
  const date = dayIn(locale, opened.closesAt, true);
  return (
    <main class="sheet">
      <p class="quiet workspace">{opened.workspaceName}</p>
      <Heading text={opened.title} />
      <ul class="promises">
        <li>{t('start.promiseSealed')}</li>
        <li>{t('start.promiseGroup', { minimum: opened.minimum })}</li>
      </ul>
      <div class="actions">
        <button class="primary" onClick={() => go(begun ? (firstOpen < 0 ? 'review' : firstOpen) : 0)}>
          {begun ? t('start.resume', { minutes }) : t('start.now', { minutes: opened.minutes })}
        </button>
      </div>
      <WhatTheySee session={session} />
      <div class="counted">
        <p>{t('start.countedWith', { leaf, invited: opened.leaf.invited })}</p>
        <p>
          {t('start.words')} <span class="words" lang="zxx" translate={false}>{ownWords(opened).join(' ')}</span>
        </p>
        <p class="quiet">{t('start.wordsWhy')}</p>
      </div>
      <p class="quiet">{t(kiosk ? 'start.closesKiosk' : 'start.closes', { date })}</p>
      {!view.safe && !kiosk && <p class="fault" role="alert">{t('saved.noLong')}</p>}
      <LanguageChoice offered={opened.locales} choose={choose} />
      {begun && !kiosk && <DeleteHere session={session} view={view} />}
    </main>
  );
};
