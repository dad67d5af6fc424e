import { Button, CopyButton, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Locale } from '../../../../lib/vocabulary';
import { Answered } from '../../../../ui/page';
import { assessmentCalls } from '../calls';
import { LANGUAGE_NAMES } from './language-names';
import { t } from './text';
import type { Wave } from './wave-state';
import css from './waves.module.css';

type Kind = 'launch' | 'reminder' | 'thanks';

/** Letters to everybody, to copy into whatever the company mails with. They carry nobody's link. */
export const Letters = ({ workspace, wave, kinds }: { workspace: string; wave: Wave; kinds: Kind[] }) => {
  const { locales } = wave.setup;
  const [kind, setKind] = useState<Kind>(kinds[0] ?? 'launch');
  const [locale, setLocale] = useState<Locale>(locales[0] ?? 'en');
  const letter = useQuery(assessmentCalls.letter.queryOptions({ input: { workspace, wave: wave.id, kind, locale } }));
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('letters.title')}</h2>
      <div className={css.pair} style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))' }}>
        {kinds.length > 1 && <NativeSelect label={t('letters.kind')} value={kind} data={kinds.map((each) => ({ value: each, label: t(`letters.${each}`) }))} onChange={(event) => setKind(kinds.find((each) => each === event.currentTarget.value) ?? 'launch')} />}
        <NativeSelect label={t('letters.language')} value={locale} data={locales.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))} onChange={(event) => setLocale(locales.find((each) => each === event.currentTarget.value) ?? 'en')} />
      </div>
      <Answered query={letter} rows={3}>
        {({ subject, body }) => (
          <>
            <strong lang={locale}>{subject}</strong>
            <p className={css.letter} lang={locale} tabIndex={0} role="group" aria-label={subject}>{body}</p>
            <CopyButton value={`${subject}\n\n${body}`}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{copied ? t('letters.copied') : t('letters.copy')}</Button>}</CopyButton>
          </>
        )}
      </Answered>
    </section>
  );
};
