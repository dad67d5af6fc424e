import { LOCALES, type Locale, type Localized } from '../../../lib/vocabulary';
import type { Instrument, PerAudience, Section } from './instrument';

/** What is wrong and where: keys and indexes from the top of the instrument. */
export type InstrumentProblem = { path: (string | number)[]; message: string };

/** Limits of an instrument file. More than 11 points can be scored, but the answering page has no room for the keys. */
export const INSTRUMENT_LIMITS = { bytes: 1_048_576, statements: 400, scalePoints: 101, askablePoints: 11, depth: 32 } as const;

/** Columns that an answers file needs for itself. */
const RESERVED_IDS = ['function', 'level', 'territory'];

/** Pages of results beside the tools' own; a tool of that name could not be opened. */
const PAGE_IDS = ['groups', 'comments', 'change'];

/** Whether people can be asked with it, and not only scored from a file. */
export const isAskable = ({ scale }: Instrument): boolean => scale.max - scale.min + 1 <= INSTRUMENT_LIMITS.askablePoints;

/** Rules that go beyond shape: ids, wordings, bands, sizes. An empty list means the instrument can be used. */
export const checkInstrument = (instrument: Instrument): InstrumentProblem[] => [
  ...checkScale(instrument),
  ...checkIds(instrument),
  ...checkSize(instrument),
  ...eachSection(instrument).flatMap(({ section, path }) => [
    ...checkAudience(section, path),
    ...checkWordings(section, path),
    ...checkBands(section, instrument.scale, path),
  ]),
];

type Placed = { section: Section; path: (string | number)[] };

const eachSection = (instrument: Instrument): Placed[] =>
  instrument.tools.flatMap((tool, t) => tool.sections.map((section, s) => ({ section, path: ['tools', t, 'sections', s] })));

const checkScale = ({ scale }: Instrument): InstrumentProblem[] => {
  if (scale.min >= scale.max) return [{ path: ['scale', 'max'], message: `the highest key (${scale.max}) must be above the lowest (${scale.min})` }];
  const points = scale.max - scale.min + 1;
  if (points > INSTRUMENT_LIMITS.scalePoints)
    return [{ path: ['scale', 'max'], message: `a scale has at most ${INSTRUMENT_LIMITS.scalePoints} points, this one has ${points}` }];
  return [];
};

const checkSize = (instrument: Instrument): InstrumentProblem[] => {
  const count = eachSection(instrument).reduce((sum, { section }) => sum + section.statements.length, 0);
  if (count <= INSTRUMENT_LIMITS.statements) return [];
  return [{ path: ['tools'], message: `an instrument has at most ${INSTRUMENT_LIMITS.statements} statements, this one has ${count}` }];
};

type Named = { id: string; path: (string | number)[] };

/** Ids are compared without case, since the heading of an answers file may be typed either way. */
const repeated = (named: Named[], what: string): InstrumentProblem[] => {
  const seen = new Set<string>();
  return named.flatMap(({ id, path }) => {
    const key = id.toLowerCase();
    if (seen.has(key)) return [{ path: [...path, 'id'], message: `the ${what} id “${id}” is used twice` }];
    seen.add(key);
    return [];
  });
};

const checkIds = (instrument: Instrument): InstrumentProblem[] => {
  const tools = instrument.tools.map((tool, t) => ({ id: tool.id, path: ['tools', t] }));
  const sections = eachSection(instrument).map(({ section, path }) => ({ id: section.id, path }));
  const statements = eachSection(instrument).flatMap(({ section, path }) =>
    section.statements.map((statement, i) => ({ id: statement.id, path: [...path, 'statements', i] })));
  const bands = eachSection(instrument).map(({ section, path }) => section.bands.map((band, b) => ({ id: band.id, path: [...path, 'bands', b] })));
  const reserved = statements
    .filter(({ id }) => RESERVED_IDS.includes(id.toLowerCase()))
    .map(({ id, path }) => ({ path: [...path, 'id'], message: `“${id}” is a column of every answers file and cannot name a statement` }));
  const pages = tools
    .filter(({ id }) => PAGE_IDS.includes(id.toLowerCase()))
    .map(({ id, path }) => ({ path: [...path, 'id'], message: `“${id}” is the address of another results page and cannot name a tool` }));
  const inherited = [{ id: instrument.id, path: [] }, ...tools, ...sections, ...statements, ...bands.flat()]
    .filter(({ id }) => id in {})
    .map(({ id, path }) => ({ path: [...path, 'id'], message: `“${id}” cannot be an id` }));
  return [
    ...repeated(tools, 'tool'), ...repeated(sections, 'section'), ...repeated(statements, 'statement'),
    ...bands.flatMap((list) => repeated(list, 'band')), ...reserved, ...pages, ...inherited,
  ];
};

const checkAudience = (section: Section, path: Placed['path']): InstrumentProblem[] =>
  section.audience.flatMap((name, i) =>
    section.audience.indexOf(name) === i ? [] : [{ path: [...path, 'audience', i], message: `“${name}” stands twice in the audience` }]);

const checkWordings = (section: Section, path: Placed['path']): InstrumentProblem[] => {
  const texts: { text: PerAudience; path: (string | number)[]; what: string }[] = [
    ...(section.stem ? [{ text: section.stem, path: [...path, 'stem'], what: 'the stem' }] : []),
    ...section.statements.map((one, i) => ({ text: one.text, path: [...path, 'statements', i, 'text'], what: `statement “${one.id}”` })),
  ];
  return texts.flatMap(({ text, path: at, what }) => [
    ...section.audience
      .filter((name) => !text[name] && !text.all)
      .map((name) => ({ path: at, message: `${what} has no wording for ${name}: add “${name}” or “all”` })),
    ...(['sales', 'marketing', 'leadership'] as const)
      .filter((name) => text[name] && !section.audience.includes(name))
      .map((name) => ({ path: [...at, name], message: `${what} has a wording for ${name}, who is not in the section's audience` })),
  ]);
};

const checkBands = (section: Section, scale: Instrument['scale'], path: Placed['path']): InstrumentProblem[] => {
  const times = section.scoring === 'sum' ? section.statements.length : 1;
  const [lowest, highest] = [scale.min * times, scale.max * times];
  const last = section.bands.length - 1;
  let before = -Infinity;
  return section.bands.flatMap((band, b) => {
    const at = [...path, 'bands', b];
    if (b === last)
      return band.upTo === undefined ? [] : [{ path: [...at, 'upTo'], message: `the last band, “${band.id}”, takes all that is left and has no upper border` }];
    if (band.upTo === undefined) return [{ path: at, message: `the band “${band.id}” needs an upper border “upTo”, since another band follows` }];
    const previous = before;
    before = band.upTo;
    if (band.upTo <= previous) return [{ path: [...at, 'upTo'], message: `borders must rise: ${band.upTo} does not lie above ${previous}` }];
    if (band.upTo < lowest || band.upTo > highest)
      return [{ path: [...at, 'upTo'], message: `the border ${band.upTo} lies outside the possible scores, ${lowest} to ${highest}` }];
    return [];
  });
};

/** The languages in which everything a respondent reads is there; in any other, English would show through. */
export const languagesOf = (instrument: Instrument): Locale[] => {
  const read: Localized[] = [
    instrument.title, instrument.scale.low, instrument.scale.high,
    ...eachSection(instrument).flatMap(({ section }) => [
      section.title, ...Object.values(section.stem ?? {}), ...section.statements.flatMap((statement) => Object.values(statement.text)),
    ]),
  ];
  return LOCALES.filter((locale) => read.every((text) => text[locale] !== undefined));
};
