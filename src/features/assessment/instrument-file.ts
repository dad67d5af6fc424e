import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { LOCALES } from '../../lib/vocabulary';
import type { Instrument } from './domain/instrument';
import { checkInstrument, INSTRUMENT_LIMITS } from './domain/instrument-checks';
import { instrumentFileShape } from './instrument-file.shape';

/** Line and column count from 1; path as "tools[0].sections[1].title", empty for the whole file. */
export type InstrumentFileError = { line: number; column: number; path: string; message: string };
export type InstrumentFileResult = { ok: true; instrument: Instrument } | { ok: false; errors: InstrumentFileError[] };

type Path = (string | number)[];
type Found = { offset: number; path: Path; message: string };

const MOST_ERRORS = 100;

/** At most 400 statements in as many sections, with their bands, audiences and tools. Beyond, the shape check would drown in its own findings. */
const MOST_ENTRIES = 6_000;

/** Reads an instrument file (docs/instrument-files.md). Every error says where it stands; nothing is stored. */
export const parseInstrumentFile = (file: string): InstrumentFileResult => {
  const text = file.replace(/^\uFEFF/, '');
  const fail = (found: Found[]): InstrumentFileResult => ({ ok: false, errors: placed(text, found) });
  if (Buffer.byteLength(file) > INSTRUMENT_LIMITS.bytes)
    return fail([{ offset: 0, path: [], message: 'the file is larger than 1 MB' }]);
  const deep = tooDeep(text);
  if (deep !== undefined) return fail([{ offset: deep, path: [], message: `nested more than ${INSTRUMENT_LIMITS.depth} levels deep` }]);
  const syntax: ParseError[] = [];
  const root = parseTree(text, syntax, { disallowComments: true, allowTrailingComma: false });
  if (syntax.length > 0 || !root) return fail(syntax.length > 0 ? syntax.map(syntaxError) : [{ offset: 0, path: [], message: 'the file is empty' }]);
  if (entriesIn(root) > MOST_ENTRIES)
    return fail([{ offset: 0, path: [], message: `the lists hold more entries than ${INSTRUMENT_LIMITS.statements} statements can need` }]);
  const keys = keyErrors(root, []);
  if (keys.length > 0) return fail(keys);
  const shaped = instrumentFileShape.safeParse(valueOf(root));
  if (!shaped.success) return fail(shaped.error.issues.flatMap((issue) => shapeErrors(root, issue)));
  const { $schema: _, ...instrument } = shaped.data;
  const problems = checkInstrument(instrument);
  if (problems.length > 0) return fail(problems.map(({ path, message }) => ({ offset: nearest(root, path).offset, path, message })));
  return { ok: true, instrument };
};

const placed = (text: string, found: Found[]): InstrumentFileError[] => {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
  return found
    .sort((a, b) => a.offset - b.offset)
    .slice(0, MOST_ERRORS)
    .map(({ offset, path, message }) => {
      let line = starts.length - 1;
      while (line > 0 && (starts[line] ?? 0) > offset) line -= 1;
      return { line: line + 1, column: offset - (starts[line] ?? 0) + 1, path: written(path), message };
    });
};

const written = (path: Path): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${step}`)).join('');

/** The parser recurses, so depth is looked at first, character by character. */
const tooDeep = (text: string): number | undefined => {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (quoted && char === '\\') i += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '{' || char === '[')) depth += 1;
    else if (!quoted && (char === '}' || char === ']')) depth -= 1;
    if (depth > INSTRUMENT_LIMITS.depth) return i;
  }
  return undefined;
};

const entriesIn = (node: Node): number =>
  (node.children ?? []).reduce((sum, child) => sum + entriesIn(child), node.type === 'array' ? (node.children?.length ?? 0) : 0);

const SYNTAX: Record<string, string> = {
  InvalidSymbol: 'this is not JSON: texts stand in double quotes',
  InvalidNumberFormat: 'not a number as JSON writes it',
  PropertyNameExpected: 'a key in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is expected here',
  CommaExpected: 'a comma is expected here',
  CloseBraceExpected: 'a closing } is expected here',
  CloseBracketExpected: 'a closing ] is expected here',
  EndOfFileExpected: 'nothing may follow after the end',
  InvalidCommentToken: 'comments are not allowed in JSON',
  UnexpectedEndOfComment: 'comments are not allowed in JSON',
  UnexpectedEndOfString: 'this text has no closing quote',
  UnexpectedEndOfNumber: 'this number is not complete',
  InvalidUnicode: 'not a character as JSON writes it: \\u and four digits',
  InvalidEscapeCharacter: 'a backslash must be followed by one of " \\ / b f n r t u',
  InvalidCharacter: 'a character that JSON does not allow in a text',
};

const syntaxError = ({ error, offset }: ParseError): Found => {
  const code = printParseErrorCode(error);
  return { offset, path: [], message: SYNTAX[code] ?? code };
};

/** JSON would let the last of two equal keys win in silence, and some keys would reach into the program. */
const keyErrors = (node: Node, path: Path): Found[] => {
  if (node.type === 'array') return (node.children ?? []).flatMap((child, i) => keyErrors(child, [...path, i]));
  if (node.type !== 'object') return [];
  const seen = new Set<string>();
  return (node.children ?? []).flatMap(({ children = [] }) => {
    const [key, value] = children;
    if (!key || !value) return [];
    const name = String(key.value);
    const at = [...path, name];
    const found: Found[] = [];
    if (name in {}) found.push({ offset: key.offset, path: at, message: `the key “${name}” is not allowed` });
    if (seen.has(name)) found.push({ offset: key.offset, path: at, message: `the key “${name}” stands twice` });
    seen.add(name);
    return [...found, ...keyErrors(value, at)];
  });
};

const valueOf = (node: Node): unknown => {
  if (node.type === 'array') return (node.children ?? []).map(valueOf);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries((node.children ?? []).map(({ children = [] }) => [children[0]?.value, children[1] && valueOf(children[1])]));
};

const step = (node: Node, key: string | number): Node | undefined =>
  typeof key === 'number'
    ? node.type === 'array' ? node.children?.[key] : undefined
    : node.type === 'object' ? node.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1] : undefined;

const nodeAt = (root: Node, path: Path): Node | undefined => path.reduce<Node | undefined>((node, key) => node && step(node, key), root);

/** The value itself or, when it is missing, what should hold it. */
const nearest = (root: Node, path: Path): Node => {
  let node = root;
  for (const key of path) node = step(node, key) ?? node;
  return node;
};

const keyOffset = (node: Node | undefined, name: string): number | undefined =>
  node?.children?.find((property) => property.children?.[0]?.value === name)?.offset;

const shapeErrors = (root: Node, issue: z.core.$ZodIssue): Found[] => {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const holder = nodeAt(root, path);
  if (issue.code === 'unrecognized_keys') {
    const isLanguage = isLocalized(holder);
    // Each key is searched for among all: a file of nothing but keys must not cost their square.
    return issue.keys.slice(0, MOST_ERRORS).map((name) => ({
      offset: keyOffset(holder, name) ?? nearest(root, path).offset, path: [...path, name], message: unknownKey(isLanguage, name),
    }));
  }
  const missing = holder === undefined && typeof path.at(-1) === 'string';
  return [{ offset: nearest(root, path).offset, path, message: missing ? `“${String(path.at(-1))}” is missing` : inWords(issue, holder) }];
};

const isLocalized = (node: Node | undefined): boolean =>
  keyOffset(node, 'en') !== undefined && (node?.children ?? []).every((one) => one.children?.[1]?.type === 'string');

const unknownKey = (isLanguage: boolean, name: string): string =>
  isLanguage ? `“${name}” is not a known language; known are ${LOCALES.join(', ')}` : `the key “${name}” is not known here`;

const KINDS: Record<string, string> = {
  string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'an object', null: 'null',
};

const inWords = (issue: z.core.$ZodIssue, node: Node | undefined): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `should be ${KINDS[issue.expected] ?? issue.expected}, is ${issue.expected === 'int' ? 'not whole' : (KINDS[node?.type ?? ''] ?? 'something else')}`;
    case 'invalid_value':
      return `should be one of ${issue.values.map((value) => `“${String(value)}”`).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? 'must not be blank' : issue.origin === 'array' ? 'must not be an empty list' : `must be at least ${String(issue.minimum)}`;
    case 'too_big':
      return issue.origin === 'string' ? `is longer than ${String(issue.maximum)} characters` : issue.origin === 'array' ? `has more than ${String(issue.maximum)} entries` : `must be at most ${String(issue.maximum)}`;
    default:
      return issue.message;
  }
};
