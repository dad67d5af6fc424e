/** @jsxImportSource preact */
import { inLocale } from '../../../../lib/vocabulary';
import { BottomBar } from './bottom-bar';
import { Elsewhere } from './elsewhere';
import { Heading } from './heading';
import { useSpeech } from './messages';
import { openIn, tally } from './parts';
import type { PageProps } from './page-props';

/** Before sending: what is open and where, and that sending is final. */
export const Review = ({ session, view, go }: PageProps) => {
  const { t, locale } = useSpeech();
  const { opened, kiosk } = session;
  const { answers } = view.kept;
  const count = tally(opened, answers);
  const nothing = count.answered + count.cannotJudge === 0;
  return (
    <>
      <main class="sheet">
        <p class="meta">{t('bar.last')}</p>
        <Heading text={t('review.title')} />
        <p>{t('review.tally', count)} {count.open > 0 && t('review.openIsFine')}</p>
        <ol class="parts">
          {opened.sections.map((section, index) => {
            const open = openIn(section, answers).length;
            const alike = opened.sections.filter((other) => other.toolId === section.toolId).length > 1;
            return (
              <li key={section.id}>
                <button class="row" onClick={() => go(index)}>
                  <span>
                    {t('review.part', { part: index + 1, title: inLocale(section.toolTitle, locale) })}
                    {alike && section.stem && <span class="quiet stem">{inLocale(section.stem, locale)}</span>}
                  </span>
                  <span class="quiet">{open === 0 ? t('review.partDone') : t('bar.open', { open })}</span>
                </button>
              </li>
            );
          })}
        </ol>
        <p class="warning">{nothing ? t('review.nothing') : t('review.once')}</p>
        <div class="actions">
          <button class="primary" disabled={nothing} onClick={() => void session.send()}>{t('review.send')}</button>
        </div>
        {!kiosk && <Elsewhere session={session} />}
      </main>
      <BottomBar back={() => go(opened.comments ? 'comment' : opened.sections.length - 1)} />
    </>
  );
};
