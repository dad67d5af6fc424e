/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { LOCALES, type Locale } from '../../../../lib/vocabulary';
import { LanguageChoice } from './language-choice';
import { shortCodeIn } from './link';
import { useSpeech } from './messages';
import { Heading } from './heading';

type Props = { unknown: boolean; enter: (code: string) => Promise<void>; choose: (locale: Locale) => void };

/** For whom the link does not work: the twelve characters from the slip or the mail. */
export const CodeEntry = ({ unknown, enter, choose }: Props) => {
  const { t } = useSpeech();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<'code.wrong' | undefined>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    const code = shortCodeIn(typed);
    setFault(code ? undefined : 'code.wrong');
    if (!code || busy) return;
    setBusy(true);
    await enter(code);
    setBusy(false);
  };

  const message = fault ? t(fault) : unknown && !busy ? t('code.unknown') : '';
  return (
    <main class="sheet">
      <Heading text={t('code.title')} />
      <form onSubmit={(event) => void submit(event)} noValidate>
        <label for="code">{t('code.label')}</label>
        <input
          id="code"
          class="code"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          aria-describedby="code-help code-fault"
          aria-invalid={message !== ''}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
        <p id="code-help" class="quiet">{t('code.help')}</p>
        <p id="code-fault" class="fault" role="alert">{message}</p>
        <button class="primary" type="submit" disabled={busy}>{t('code.go')}</button>
      </form>
      <LanguageChoice offered={LOCALES} choose={choose} />
    </main>
  );
};
