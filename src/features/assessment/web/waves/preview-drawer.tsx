import { Drawer, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FUNCTIONS, type FunctionName, type Locale } from '../../../../lib/vocabulary';
import { functionName } from '../../../../ui/function-mark';
import { Answered } from '../../../../ui/page';
import { assessmentCalls } from '../calls';
import { LANGUAGE_NAMES } from './language-names';
import { t } from './text';
import type { Setup } from './wave-state';
import css from './waves.module.css';

/** The questionnaire as each audience reads it, in each language of the survey. */
export const PreviewDrawer = ({ workspace, wave, setup, onClose }: { workspace: string; wave: string; setup: Setup; onClose: () => void }) => {
  const [fn, setFn] = useState<FunctionName>(setup.functions[0] ?? 'sales');
  const [locale, setLocale] = useState<Locale>(setup.locales[0] ?? 'en');
  const shown = useQuery(assessmentCalls.preview.queryOptions({ input: { workspace, wave, function: fn, locale }, staleTime: 0 }));
  return (
    <Drawer opened onClose={onClose} size={520} title={t('preview.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={css.section}>
        <div className={css.pair}>
          <NativeSelect label={t('preview.audience')} value={fn} data={FUNCTIONS.filter((each) => setup.functions.includes(each)).map((each) => ({ value: each, label: functionName(each) }))} onChange={(event) => setFn(FUNCTIONS.find((each) => each === event.currentTarget.value) ?? 'sales')} />
          <NativeSelect label={t('preview.language')} value={locale} data={setup.locales.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))} onChange={(event) => setLocale(setup.locales.find((each) => each === event.currentTarget.value) ?? 'en')} />
        </div>
        <Answered query={shown} rows={6}>
          {({ minutes, scale, sections }) =>
            sections.length === 0 ? <p className={css.note}>{t('preview.none', { fn: functionName(fn) })}</p> : (
              <div className={css.section}>
                <p className={css.quiet}>{t('preview.meta', { minutes, statements: sections.reduce((sum, section) => sum + section.statements.length, 0) })}</p>
                <p className={css.note} lang={locale}>{scale.min} = {scale.low} · {scale.max} = {scale.high}</p>
                {sections.map((section) => (
                  <section key={section.id} lang={locale}>
                    <div className="meta">{section.toolTitle}</div>
                    {section.stem && <h3 className={css.sub}>{section.stem}</h3>}
                    <ol className={css.statements}>{section.statements.map((statement) => <li key={statement.id}><p className={css.statement}>{statement.text}</p></li>)}</ol>
                  </section>
                ))}
              </div>
            )
          }
        </Answered>
      </div>
    </Drawer>
  );
};
