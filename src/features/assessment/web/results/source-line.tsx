import { functionName } from '../../../../ui/function-mark';
import { isHidden } from '../../domain/results-view';
import { useResults } from './context';
import { day } from './format';
import { said, t } from './text';

/** What a page rests on: wave, closing day, answers by function, version of the questionnaire. */
export const SourceLine = () => {
  const { answer, order } = useResults();
  const { results, instrument } = answer;
  const counts = order.flatMap((fn) => {
    const row = results.response.find(({ function: of }) => of === fn);
    if (!row) return [];
    return [`${functionName(fn)} ${isHidden(row.answered) ? said('hidden.short') : said('label.n', { n: row.answered })}`];
  });
  return <>{t('source', { wave: results.wave.name, date: day(results.wave.closedAt), counts: counts.join(', '), instrument: instrument.title, version: results.wave.instrumentVersion })}</>;
};
