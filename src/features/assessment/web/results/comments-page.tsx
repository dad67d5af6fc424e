import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { FunctionLabel } from '../../../../ui/function-mark';
import { EmptyState, Page } from '../../../../ui/page';
import { useResults } from './context';
import css from './results.module.css';
import { matching } from './search';
import { SourceLine } from './source-line';
import { said, t } from './text';

/** Comments per function, linked to nothing else; wording may still be recognised, and the page says so. */
export const CommentsPage = () => {
  const { answer, order } = useResults();
  const [asked, setAsked] = useState('');
  const { comments } = answer.results;
  const total = comments.reduce((sum, { texts }) => sum + texts.length, 0);
  const shown = order.flatMap((fn) => comments.filter((group) => group.function === fn)).map((group) => ({ ...group, texts: matching(group.texts, asked) }));
  const found = shown.reduce((sum, { texts }) => sum + texts.length, 0);
  return (
    <Page title={total > 0 ? t('comments.title', { count: total }) : said('comments.none')} source={<SourceLine />}>
      {total === 0 ? <EmptyState title={said('comments.none')}>{said('hidden.comments')}</EmptyState> : (
        <>
          <p className={css.note}>{said('comments.intro')} {said('hidden.comments')} {t('comments.recognised')}</p>
          <div className="no-print"><TextInput type="search" label={t('comments.search')} value={asked} onChange={(event) => setAsked(event.currentTarget.value)} maw={420} /><p className={`meta ${css.found}`} role="status">{asked.trim() ? t('comments.found', { found, total }) : ''}</p></div>
          <div className={css.commentColumns}>
            {shown.map(({ function: fn, texts }) => (
              <section key={fn}>
                <h2 className={css.sectionTitle}><FunctionLabel fn={fn} /> <span className="meta">{t('comments.count', { count: texts.length })}</span></h2>
                <ul className={css.comments}>{texts.map((text, at) => <li key={at} className={css[`quote-${fn}`]}>{text}</li>)}</ul>
              </section>
            ))}
          </div>
        </>
      )}
    </Page>
  );
};
