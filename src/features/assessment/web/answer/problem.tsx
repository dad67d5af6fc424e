/** @jsxImportSource preact */
import { LOCALES, type Locale } from '../../../../lib/vocabulary';
import { Heading } from './heading';
import { LanguageChoice } from './language-choice';
import { dayIn, useSpeech } from './messages';
import type { Problem as Code } from './use-entry';

type Props = {
  problem: Code;
  opensAt?: string;
  minimum?: number;
  /** Answers lie on this device that were not sent. */
  unsent?: boolean;
  retry?: () => void;
  typeCode?: () => void;
  back?: () => void;
  kiosk: boolean;
  choose: (locale: Locale) => void;
};

/** What is wrong, whether anything was saved or sent, what to do. */
export const Problem = ({ problem, opensAt, minimum = 0, unsent, retry, typeCode, back, kiosk, choose }: Props) => {
  const { t, locale } = useSpeech();
  const shown = problem === 'busy' ? 'offline' : problem;
  const advice =
    shown === 'not_open_yet' ? (opensAt ? t('problem.not_open_yetDo', { date: dayIn(locale, opensAt, true) }) : t('problem.not_open_yetDoUndated')) : t(`problem.${shown}Do`, { minimum });
  return (
    <main class="sheet">
      <Heading text={t(`problem.${shown}`)} />
      <p role={shown === 'offline' ? 'status' : undefined}>{advice}</p>
      {shown === 'closed' && unsent && <p>{t('problem.closedUnsent')}</p>}
      {shown === 'other_device' && !kiosk && <p>{t('problem.keptHere')}</p>}
      {shown === 'other_device' && <p>{t('problem.other_deviceNot')}</p>}
      <div class="actions">
        {retry && shown === 'offline' && <button class="primary" onClick={retry}>{t('problem.retry')}</button>}
        {back && <button onClick={back}>{t('wait.back')}</button>}
        {typeCode && (shown === 'unknown_link' || kiosk) && <button class="primary" onClick={typeCode}>{t('problem.codeInstead')}</button>}
      </div>
      <LanguageChoice offered={LOCALES} choose={choose} />
    </main>
  );
};
