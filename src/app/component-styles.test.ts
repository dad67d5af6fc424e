import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasBuild } from '../../bench/weights';

const root = join(import.meta.dirname, '../..');
const library = join(root, 'node_modules/@mantine/core');
const chosen = [...readFileSync(join(root, 'src/ui/mantine.css'), 'utf8').matchAll(/styles\/([\w-]+)\.layer\.css/g)].map(([, name]) => name ?? '');
const sheetOf = (name: string): string => readFileSync(join(library, 'styles', `${name}.layer.css`), 'utf8');
const classesIn = (text: string): string[] => [...new Set([...text.matchAll(/\bm_[0-9a-f]{6,8}\b/g)].map(([name]) => name))];
const filesUnder = (folder: string, ending: RegExp): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => ending.test(path)).map((path) => join(folder, path));

/** The components a source file takes from the library. */
const takenIn = (source: string): string[] => [...source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names = '']) => names.split(',').map((name) => name.trim()));

describe('the chosen styles of the component library', () => {
  it('hold every component that a page takes', () => {
    const taken = [...new Set(filesUnder(join(root, 'src'), /\.tsx$/).flatMap((file) => takenIn(readFileSync(file, 'utf8'))))];
    expect(taken).toContain('Button');
    expect(taken.filter((name) => existsSync(join(library, 'styles', `${name}.layer.css`)) && !chosen.includes(name))).toEqual([]);
  });

  it('stand in the order of the complete sheet, in which later parts override earlier ones', () => {
    const complete = readFileSync(join(library, 'styles.css'), 'utf8');
    const places = chosen.map((name) => [name, complete.indexOf(`.${classesIn(sheetOf(name))[0] ?? 'm_none'}`)] as const).filter(([, place]) => place >= 0);
    expect(places.length).toBeGreaterThan(30);
    expect(places.map(([name]) => name)).toEqual([...places].sort(([, a], [, b]) => a - b).map(([name]) => name));
  });

  it.runIf(hasBuild())('style every part that the built pages hold, also those that a component is made of', () => {
    const assets = join(root, 'dist/web/assets');
    const used = new Set(filesUnder(assets, /\.js$/).flatMap((file) => classesIn(readFileSync(file, 'utf8'))));
    expect(used.size).toBeGreaterThan(100);
    const missing = filesUnder(join(library, 'styles'), /\.layer\.css$/).map((file) => file.split('/').at(-1)?.replace('.layer.css', '') ?? '').filter((name) => !chosen.includes(name) && classesIn(sheetOf(name)).some((each) => used.has(each)));
    expect(missing).toEqual([]);
  });
});
