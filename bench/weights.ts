import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** One entry of Vite's manifest: a file, what it loads at once, what it may load later, its style sheets. */
type Chunk = { file: string; isEntry?: boolean; isDynamicEntry?: boolean; src?: string; imports?: string[]; dynamicImports?: string[]; css?: string[] };
type Manifest = Record<string, Chunk>;

export type Weights = {
  /** Gzip bytes of what every page of the application loads: the entry, and the frame around a workspace's pages. */
  shell: number;
  /** The heaviest page: what it adds to the shell. */
  heaviestRoute: { name: string; bytes: number };
  routes: { name: string; bytes: number }[];
  /** Respondents' page: JS and CSS in all, with the heaviest language. */
  answer: number;
};

export const BOUNDS = { shell: 240_000, route: 60_000, answer: 35_000 } as const;

const WEB = join('dist', 'web');
const MANIFEST = join(WEB, '.vite', 'manifest.json');
export const hasBuild = (): boolean => existsSync(MANIFEST);

const gzip = (file: string): number => gzipSync(readFileSync(join(WEB, file)), { level: 9 }).byteLength;

/** Files that loading these chunks brings along at once. */
const filesOf = (manifest: Manifest, keys: readonly string[], kind: 'js' | 'css'): Set<string> => {
  const files = new Set<string>();
  const seen = new Set<string>();
  const walk = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    if (kind === 'js') files.add(chunk.file);
    else for (const file of chunk.css ?? []) files.add(file);
    chunk.imports?.forEach(walk);
  };
  keys.forEach(walk);
  return files;
};

const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + gzip(file), 0);

/** A page is a chunk that the router loads for a route file. */
const isRoute = (key: string): boolean => /\/routes\/.*\.tsx\?tsr-split=component$/.test(key);
const nameOf = (key: string): string => key.replace(/^src\/(app|features)\//, '').replace(/(web\/)?routes\//, '').replace(/\.tsx.*$/, '');

/** @throws Error when the pages were not built, or the build holds no pages to weigh */
export const weigh = (): Weights => {
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest;
  const routes = Object.keys(manifest).filter(isRoute);
  const frame = routes.find((key) => key.includes('src/app/routes/workspace.tsx'));
  if (!manifest['index.html'] || !manifest['answer.html'] || !frame) throw new Error('the build holds no pages to weigh');
  const shell = filesOf(manifest, ['index.html', frame], 'js');
  const added = routes.filter((key) => key !== frame).map((key) => ({ name: nameOf(key), bytes: sum([...filesOf(manifest, [key], 'js')].filter((file) => !shell.has(file))) }));
  const heaviestRoute = added.reduce((a, b) => (b.bytes > a.bytes ? b : a), { name: '', bytes: 0 });
  const own = ['answer.html'];
  const languages = (manifest['answer.html']?.dynamicImports ?? []).map((key) => sum([...filesOf(manifest, [key], 'js')].filter((file) => !filesOf(manifest, own, 'js').has(file))));
  return {
    shell: sum(shell), heaviestRoute, routes: added.sort((a, b) => b.bytes - a.bytes),
    answer: sum(filesOf(manifest, own, 'js')) + sum(filesOf(manifest, own, 'css')) + Math.max(0, ...languages),
  };
};

export const run = (): object[] => {
  if (!hasBuild()) return [{ figure: 'weights', skipped: 'the pages are not built' }];
  const { shell, heaviestRoute, answer, routes } = weigh();
  return [
    { figure: 'app shell, gzip JS', value: shell, unit: 'bytes', target: BOUNDS.shell },
    { figure: 'heaviest page beyond the shell, gzip JS', value: heaviestRoute.bytes, unit: 'bytes', target: BOUNDS.route, page: heaviestRoute.name, pages: routes.length },
    { figure: 'answering page, gzip JS and CSS with one language', value: answer, unit: 'bytes', target: BOUNDS.answer },
  ];
};
