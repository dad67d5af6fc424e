import type { Metrics } from './calls';

/** The stretch of figures, and the past day as of whose end what stands behind them is asked for. */
export type Within = Metrics['within'] & { asOf?: string };

export const withinOf = ({ within, asOf }: Pick<Metrics, 'within' | 'asOf'>): Within => ({ ...within, ...(asOf ? { asOf } : {}) });
