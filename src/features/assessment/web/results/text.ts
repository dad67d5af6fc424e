import report from '../../messages/report.en.json';
import results from '../../messages/results.en.json';
import { texts } from '../../../../ui/texts';

/** Words of the results pages. */
export const t = texts(results);
/** Sentences that the printed report says too, so that page and paper say the same. */
export const said = texts(report);
