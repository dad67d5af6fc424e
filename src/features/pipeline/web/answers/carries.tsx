import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Answered } from '../../../../ui/page';
import css from './answers.module.css';
import { answerCalls, type Rung } from './calls';
import { t } from './text';
import { Word } from './parts';

/** What a question lacks and which export of which system holds it. */
export const Recipes = ({ rung }: { rung: Rung }) => {
  if (rung.recipes.length === 0) return null;
  return (
    <ul className={css.recipes}>
      {rung.recipes.map(({ need, source, sourceId, system }) => (
        <li key={`${need}${sourceId}`}>{rung.answerable && <>{t('carries.wanted')} </>}{source && <strong data-user-text>{t('carries.from', { source })} </strong>}{t(`recipe.${system}.${need}`)}</li>
      ))}
    </ul>
  );
};

export const lackText = ({ missing }: Rung): string => t('locked', { needs: missing.map((need) => t(`need.${need}`)).join('; ') });

/** The ladder that stands after every import: which of the five questions the data carry, and what to add for the others. */
export const Carries = ({ workspace }: { workspace: string }) => {
  // Between two files of one sitting lie seconds: what the first could answer is no answer about the second.
  const carries = useQuery({ ...answerCalls.carries.queryOptions({ input: { workspace } }), staleTime: 0 });
  return (
    <Answered query={carries} rows={5}>
      {({ rungs }) => {
        const five = rungs.filter(({ question }) => question !== 'attribution');
        return (
          <section style={{ display: 'flex', flexDirection: 'column', gap: 12 }}>
            <div><h2 className="lead" style={{ margin: 0 }}>{t('carries.title', { answerable: five.filter(({ answerable }) => answerable).length })}</h2><div className="meta">{t('carries.source')}</div></div>
            <ul className={css.rows}>
              {rungs.map((rung) => (
                <li key={rung.question} style={{ padding: '12px 4px', display: 'flex', gap: 12, alignItems: 'flex-start', justifyContent: 'space-between' }}>
                  <div style={{ minWidth: 0 }}>{t(`question.${rung.question}`)}{!rung.answerable && <div className="meta">{lackText(rung)}</div>}<Recipes rung={rung} /></div>
                  {!rung.answerable && <Word word="locked" />}
                </li>
              ))}
            </ul>
            <div><Button variant="default" component={Link} to={`/w/${workspace}/pipeline/answers`}>{t('carries.see')}</Button></div>
          </section>
        );
      }}
    </Answered>
  );
};
