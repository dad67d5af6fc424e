import { FUNCTIONS, inLocale, type FunctionName, type Locale } from '../../lib/vocabulary';
import { languagesOf } from './domain/instrument-checks';
import { builtInInstruments } from './domain/built-in';
import { minutesFor, sectionsFor, wordingFor, wordingForReport, type Instrument } from './domain/instrument';
import type { WaveRow } from './ballots-repo';

const iso = (at: Date | null) => at?.toISOString() ?? null;
const NEXT_AFTER_MONTHS = 9;

const each = (of: (name: FunctionName) => number) => Object.fromEntries(FUNCTIONS.map((name) => [name, of(name)])) as Record<FunctionName, number>;

/** A wave as its facilitators see it; never the trees' keys or the list's secrets. The next wave is proposed nine months after closing. */
export const presentWave = (row: WaveRow, invited: number) => {
  const next = row.closedAt ? new Date(row.closedAt) : null;
  next?.setUTCMonth(next.getUTCMonth() + NEXT_AFTER_MONTHS);
  return {
    id: row.id, name: row.name, state: row.state, version: row.version, setup: { ...row.setup, bySlip: row.setup.bySlip ?? [] },
    opensAt: iso(row.opensAt), closesAt: iso(row.closesAt), launchedAt: iso(row.launchedAt), closedAt: iso(row.closedAt), publishedAt: iso(row.publishedAt),
    shared: row.shareHash !== null, discarded: row.discarded ?? [], previousWaveId: row.previousWaveId, invited, createdAt: row.createdAt.toISOString(), nextProposedFor: iso(next),
  };
};

export const presentInstrument = (instrument: Instrument) => ({
  id: instrument.id, version: instrument.version, title: instrument.title, source: instrument.source,
  builtIn: builtInInstruments.some((built) => built.id === instrument.id), locales: languagesOf(instrument),
  tools: instrument.tools.map((tool) => ({
    id: tool.id, step: tool.step, title: tool.title, purpose: tool.purpose,
    minutes: each((name) => minutesFor(instrument, [tool.id], name)),
    statements: each((name) => sectionsFor(instrument, [tool.id], name).reduce((sum, section) => sum + section.statements.length, 0)),
  })),
});

/** Titles, statements, bands and readings in one language, for those who read results. */
export const readableInstrument = (instrument: Instrument, toolIds: readonly string[], locale: Locale) => ({
  id: instrument.id,
  title: inLocale(instrument.title, locale),
  scale: { min: instrument.scale.min, max: instrument.scale.max, low: inLocale(instrument.scale.low, locale), high: inLocale(instrument.scale.high, locale) },
  tools: instrument.tools
    .filter((tool) => toolIds.includes(tool.id))
    .map((tool) => ({
      id: tool.id, step: tool.step, title: inLocale(tool.title, locale), purpose: inLocale(tool.purpose, locale),
      sections: tool.sections.map((section) => ({
        id: section.id, title: inLocale(section.title, locale), neutral: section.neutral, scoring: section.scoring, audience: section.audience,
        stem: section.stem ? inLocale(wordingForReport(section.stem), locale) : null,
        gapReading: section.gapReading ? inLocale(section.gapReading, locale) : null,
        statements: section.statements.map((statement) => ({ id: statement.id, text: inLocale(wordingForReport(statement.text), locale) })),
        bands: section.bands.map((band) => ({ id: band.id, label: inLocale(band.label, locale), reading: inLocale(band.reading, locale), upTo: band.upTo ?? null })),
      })),
    })),
});

/** The questionnaire as one audience reads it. */
export const presentPreview = (instrument: Instrument, toolIds: readonly string[], audience: FunctionName, locale: Locale) => ({
  minutes: minutesFor(instrument, toolIds, audience),
  scale: { min: instrument.scale.min, max: instrument.scale.max, low: inLocale(instrument.scale.low, locale), high: inLocale(instrument.scale.high, locale) },
  sections: sectionsFor(instrument, toolIds, audience).map((section) => ({
    id: section.id,
    toolTitle: inLocale(instrument.tools.find((tool) => tool.sections.includes(section))?.title ?? section.title, locale),
    stem: section.stem ? inLocale(wordingFor(section.stem, audience), locale) : null,
    statements: section.statements.map((statement) => ({ id: statement.id, text: inLocale(wordingFor(statement.text, audience), locale) })),
  })),
});
