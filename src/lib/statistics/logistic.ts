import { cholesky, choleskyInverse, choleskyLogDeterminant, choleskySolve } from './linear-solve';
import { normalCdf, normalQuantile } from './normal';

/**
 * Covariate patterns: `design` holds one row of `columns` values per pattern (the caller puts the constant in, if wanted), `trials` how many
 * subjects share it and `successes` how many of them succeeded. Equal subjects are best put together: the work grows with patterns, not with subjects.
 */
export type BinomialData = { columns: number; design: Float64Array; trials: Float64Array; successes: Float64Array };

/** How the estimates came about. `firth` means penalised, because plain likelihood would send an odds ratio to infinity or does not settle. */
export type FitMethod = 'maximum likelihood' | 'firth';

export type Coefficient = { estimate: number; standardError: number; p: number; oddsRatio: number; low: number; high: number };

export type LogisticFit =
  | { ok: true; method: FitMethod; coefficients: Coefficient[]; iterations: number }
  | { ok: false; reason: 'no data' | 'columns depend on each other' | 'did not settle' };

const STEPS = 100;
const SETTLED = 1e-9;
/** No odds that data show are this far out (e^15 is 3 million): the estimate is on its way to infinity. */
const RUNAWAY = 15;

const expit = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

type State = { lower: Float64Array; weights: Float64Array; fitted: Float64Array; logLikelihood: number };

const dot = (data: BinomialData, row: number, beta: Float64Array): number => {
  let sum = 0;
  for (let column = 0; column < data.columns; column += 1) sum += (data.design[row * data.columns + column] as number) * (beta[column] as number);
  return sum;
};

/** Fisher's information X'WX at `beta` as a Cholesky factor, and what else a step needs; undefined where columns depend on each other. */
const stateAt = (data: BinomialData, beta: Float64Array): State | undefined => {
  const { columns, design, trials, successes } = data;
  const rows = trials.length;
  const information = new Float64Array(columns * columns);
  const weights = new Float64Array(rows);
  const fitted = new Float64Array(rows);
  let logLikelihood = 0;
  for (let row = 0; row < rows; row += 1) {
    const eta = dot(data, row, beta);
    const share = expit(eta);
    const n = trials[row] as number;
    const weight = n * share * (1 - share);
    fitted[row] = share;
    weights[row] = weight;
    // log(1 + e^eta) without overflow.
    logLikelihood += (successes[row] as number) * eta - n * (Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))));
    for (let a = 0; a < columns; a += 1) {
      const left = weight * (design[row * columns + a] as number);
      if (left === 0) continue;
      for (let b = 0; b <= a; b += 1) information[a * columns + b] = (information[a * columns + b] as number) + left * (design[row * columns + b] as number);
    }
  }
  for (let a = 0; a < columns; a += 1) for (let b = 0; b < a; b += 1) information[b * columns + a] = information[a * columns + b] as number;
  const lower = cholesky(information, columns);
  return lower && { lower, weights, fitted, logLikelihood };
};

/** The score X'(y - n p); under Firth's penalty each pattern also gets its leverage times (1/2 - p). */
const scoreOf = (data: BinomialData, { lower, weights, fitted }: State, penalised: boolean): Float64Array => {
  const { columns, design, trials, successes } = data;
  const score = new Float64Array(columns);
  const inverse = penalised ? choleskyInverse(lower, columns) : undefined;
  for (let row = 0; row < trials.length; row += 1) {
    const share = fitted[row] as number;
    let residual = (successes[row] as number) - (trials[row] as number) * share;
    if (inverse) {
      let leverage = 0;
      for (let a = 0; a < columns; a += 1)
        for (let b = 0; b < columns; b += 1)
          leverage += (design[row * columns + a] as number) * (inverse[a * columns + b] as number) * (design[row * columns + b] as number);
      residual += leverage * (weights[row] as number) * (0.5 - share);
    }
    for (let column = 0; column < columns; column += 1) score[column] = (score[column] as number) + residual * (design[row * columns + column] as number);
  }
  return score;
};

const objective = (state: State, columns: number, penalised: boolean): number =>
  state.logLikelihood + (penalised ? choleskyLogDeterminant(state.lower, columns) / 2 : 0);

type Climb = { beta: Float64Array; state: State; iterations: number; settled: boolean };

/** Newton's steps, halved while they lead downhill. */
const climb = (data: BinomialData, penalised: boolean): Climb | undefined => {
  let beta = new Float64Array(data.columns);
  let state = stateAt(data, beta);
  if (!state) return undefined;
  for (let iterations = 1; iterations <= STEPS; iterations += 1) {
    const step = choleskySolve(state.lower, data.columns, scoreOf(data, state, penalised));
    // Firth's surface is not concave far from its top; a bounded step keeps the climb on it (Heinze & Schemper 2002).
    const largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let factor = largest > 5 ? 5 / largest : 1;
    let next: { beta: Float64Array<ArrayBuffer>; state: State } | undefined;
    for (let halving = 0; halving < 30 && !next; halving += 1, factor /= 2) {
      const tried = beta.map((value, column) => value + factor * (step[column] as number));
      const found = stateAt(data, tried);
      if (found && objective(found, data.columns, penalised) >= objective(state, data.columns, penalised) - 1e-10) next = { beta: tried, state: found };
    }
    if (!next) return { beta, state, iterations, settled: largest < 1e-6 };
    ({ beta, state } = next);
    if (largest < SETTLED) return { beta, state, iterations, settled: true };
    if (!penalised && beta.some((value) => Math.abs(value) > RUNAWAY * 4)) return { beta, state, iterations, settled: false };
  }
  return { beta, state, iterations: STEPS, settled: false };
};

/** Fitted shares of 0 or 1 to the last digits, or an estimate far out with an error as large: the data are separated (Albert & Anderson 1984). */
const separated = ({ state, beta, settled }: Climb, columns: number): boolean => {
  if (!settled || state.fitted.some((share) => share < 1e-8 || share > 1 - 1e-8)) return true;
  const inverse = choleskyInverse(state.lower, columns);
  return beta.some((value, column) => Math.abs(value) > RUNAWAY && Math.sqrt(inverse[column * columns + column] as number) > Math.abs(value) / 2);
};

const coefficientsOf = ({ beta, state }: Climb, columns: number, confidence: number): Coefficient[] => {
  const inverse = choleskyInverse(state.lower, columns);
  const z = normalQuantile(1 - (1 - confidence) / 2);
  return Array.from(beta, (estimate, column) => {
    const standardError = Math.sqrt(inverse[column * columns + column] as number);
    return {
      estimate,
      standardError,
      p: 2 * normalCdf(-Math.abs(estimate / standardError)),
      oddsRatio: Math.exp(estimate),
      low: Math.exp(estimate - z * standardError),
      high: Math.exp(estimate + z * standardError),
    };
  });
};

/**
 * Logistic regression by iteratively reweighted least squares, with Wald's intervals. Where the data are separated — a column that only the
 * won or only the lost have — Firth's penalised likelihood (1993) takes over, which always has a finite answer (Heinze & Schemper 2002).
 * @param method `firth` penalises from the start, which also lowers the small-sample bias
 */
export const logistic = (data: BinomialData, { confidence = 0.95, method = 'maximum likelihood' as FitMethod } = {}): LogisticFit => {
  if (data.trials.length === 0 || data.columns === 0) return { ok: false, reason: 'no data' };
  const plain = method === 'firth' ? undefined : climb(data, false);
  if (plain && !separated(plain, data.columns)) {
    return { ok: true, method: 'maximum likelihood', coefficients: coefficientsOf(plain, data.columns, confidence), iterations: plain.iterations };
  }
  const penalised = climb(data, true);
  if (!penalised) return { ok: false, reason: 'columns depend on each other' };
  if (!penalised.settled) return { ok: false, reason: 'did not settle' };
  return { ok: true, method: 'firth', coefficients: coefficientsOf(penalised, data.columns, confidence), iterations: penalised.iterations };
};
