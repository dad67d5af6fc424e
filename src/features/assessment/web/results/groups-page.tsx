import { Page } from '../../../../ui/page';
import { useResults } from './context';
import { BandKey, HeatTable } from './heat';
import css from './results.module.css';
import { SourceLine } from './source-line';
import { HiddenFunctions } from './states';
import { said, t } from './text';
import { partsOf } from './view';

/** Every section by every group the reporting trees let out. */
export const GroupsPage = () => {
  const { answer, sections, order } = useResults();
  const parts = order.flatMap((fn) => partsOf(answer.results, fn));
  const graded = sections.find(({ wording }) => !wording.neutral && wording.scoring === 'mean');
  return (
    <Page title={parts.length > 0 ? t('groups.title', { count: parts.length }) : t('groups.none')} source={<SourceLine />}>
      <HiddenFunctions results={answer.results} />
      {graded && <BandKey section={graded} />}
      <HeatTable sections={sections} />
      <div className={css.notes}>
        <p>{said('hidden.why', { minimum: answer.results.minimum.general })}</p>
        <p>{said('method.tree')}</p>
        <p>{said('neutral.note')}</p>
      </div>
    </Page>
  );
};
