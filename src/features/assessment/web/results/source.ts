import type { InferContractRouterInputs } from '@orpc/contract';
import type { assessmentContract } from '../../contract';
import type { Locale } from '../../../../lib/vocabulary';
import type { Drawing } from '../../../../ui/chart-figure';
import { assessmentClient } from '../calls';
import type { ResultsAnswer } from './view';

/** What a reader looks at; every one of them has an address of its own. */
export type View = { kind: 'overview' } | { kind: 'tool'; tool: string; section?: string; statement?: string } | { kind: 'groups' } | { kind: 'comments' } | { kind: 'change' };

/** Where a view lives, as a router's link takes it. */
export type Target = { to: string; params?: Record<string, string>; search: Record<string, string>; hash?: string };

export type DrawingInput = Omit<InferContractRouterInputs<typeof assessmentContract>['sampleDrawing'], 'width'> & { width: number };

/** Where results come from. The same pages serve a workspace's wave, a shared summary and the sample. */
export type ResultsSource = {
  /** Distinguishes the sources in the cache. */
  key: string;
  kind: 'wave' | 'shared' | 'sample';
  results: (locale: Locale) => Promise<ResultsAnswer>;
  drawing: (input: DrawingInput) => Promise<Drawing>;
  at: (view: View) => Target;
};

const within = (view: View): Record<string, string> =>
  view.kind === 'tool' ? { ...(view.section === undefined ? {} : { section: view.section }), ...(view.statement === undefined ? {} : { statement: view.statement }) } : {};

export const waveSource = (workspace: string, wave: string): ResultsSource => ({
  key: `wave ${wave}`,
  kind: 'wave',
  results: (locale) => assessmentClient.results({ workspace, wave, locale }),
  drawing: (input) => assessmentClient.drawing({ workspace, wave, ...input }),
  at: (view) => {
    const base = '/w/$workspace/understand/waves/$wave/results';
    const params = { workspace, wave };
    if (view.kind === 'overview') return { to: base, params, search: {} };
    if (view.kind === 'tool') return { to: `${base}/$tool`, params: { ...params, tool: view.tool }, search: within(view) };
    return { to: `${base}/${view.kind}`, params, search: {} };
  },
});

/** Public pages have one address; the view stands in the query, so that the secret behind "#" can stay where it is. */
const onePage = (to: string, hash?: string) => (view: View): Target => {
  const name = view.kind === 'tool' ? `tool-${view.tool}` : view.kind;
  return { to, search: { ...(view.kind === 'overview' ? {} : { view: name }), ...within(view) }, ...(hash === undefined ? {} : { hash }) };
};

export const sampleSource = (): ResultsSource => ({
  key: 'sample',
  kind: 'sample',
  results: (locale) => assessmentClient.sample({ locale }),
  drawing: (input) => assessmentClient.sampleDrawing(input),
  at: onePage('/sample'),
});

export const sharedSource = (secret: string): ResultsSource => ({
  key: `shared ${secret}`,
  kind: 'shared',
  results: (locale) => assessmentClient.shared({ secret, locale }),
  drawing: (input) => assessmentClient.sharedDrawing({ secret, ...input }),
  at: onePage('/s', secret),
});

/** The view that a public page's query asks for; anything unknown is the overview. */
export const viewFrom = (search: Record<string, unknown>): View => {
  const name = typeof search.view === 'string' ? search.view : '';
  const text = (value: unknown) => (value === undefined || value === null ? undefined : String(value));
  if (name === 'groups' || name === 'comments' || name === 'change') return { kind: name };
  if (!name.startsWith('tool-')) return { kind: 'overview' };
  const section = text(search.section);
  const statement = text(search.statement);
  return { kind: 'tool', tool: name.slice(5), ...(section === undefined ? {} : { section }), ...(statement === undefined ? {} : { statement }) };
};
