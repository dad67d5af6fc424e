import { FunctionLabel } from '../../../ui/function-mark';
import type { Action } from './calls';

/** Whose part an action is; of both, both are named. */
export const ByLabel = ({ by }: { by: Action['by'] }) => (by === 'both' ? <><FunctionLabel fn="sales" /> <FunctionLabel fn="marketing" /></> : <FunctionLabel fn={by} />);
