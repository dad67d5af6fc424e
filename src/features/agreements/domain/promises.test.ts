import { describe, expect, it } from 'vitest';
import { countTally, type Month } from './counting';
import { appliesTo, clockFacts, limitOf, pausesOf, type Commitment, type LeadFacts, type Step } from './commitment';
import { blank, exampleCommitments } from './example';
import { readExceptions, readHours, writeExceptions, writeHours } from './hours-text';
import { cannotSign, current, versionState, waitingFor } from './signing';
import { spansOf } from './spans';
import { teamsOf, type TeamMate } from './teams';

const lead = (more: Partial<LeadFacts> = {}): LeadFacts => ({ origin: 'marketing', channel: 'Web', end: 'open', endedAt: null, passedAt: 100, arrivedAt: 110, contactedAt: null, returnedAt: null, ...more });
const promise = (more: Partial<Commitment> = {}): Commitment => ({ ...blank('2026-01-01'), ...more });
const step = (at: number, role: string | null, stageId = role ?? 'own'): Step => ({ at, role, stageId });

describe('which leads a commitment is about', () => {
  it.each<[string, Partial<Commitment>, Partial<LeadFacts>, boolean]>([
    ['all', {}, {}, true],
    ['of one origin', { origins: ['sales'] }, {}, false],
    ['of both origins', { origins: ['sales', 'marketing'] }, {}, true],
    ['of a channel', { channels: ['Web', 'Event'] }, {}, true],
    ['of another channel', { channels: ['Event'] }, {}, false],
    ['of a channel, and none is known', { channels: ['Event'] }, { channel: null }, false],
    ['credible ones, and it was returned', { kind: 'count', credible: true }, { returnedAt: 120 }, false],
    ['credible ones, when it is about how fast', { kind: 'response', credible: true }, { returnedAt: 120 }, true],
  ])('%s', (_name, terms, facts, expected) => expect(appliesTo(promise(terms), lead(facts))).toBe(expected));
});

describe('what a clock takes from a lead', () => {
  it.each<[string, Partial<Commitment>, Partial<LeadFacts>, Step[], number | null, number | null]>([
    ['contact', { until: 'contact' }, { contactedAt: 150 }, [], 100, 150],
    ['contact from arrival', { from: 'arrived', until: 'contact' }, { contactedAt: 150 }, [], 110, 150],
    ['an order is contact enough', { until: 'contact' }, { end: 'won', endedAt: 170 }, [], 100, 170],
    ['a return is no contact', { until: 'contact' }, { returnedAt: 140 }, [], 100, null],
    ['a return is an answer', { until: 'answer' }, { returnedAt: 140, contactedAt: 150 }, [], 100, 140],
    ['a stage or a later one', { until: 'stage', stage: 'sales_qualified' }, {}, [step(90, 'won'), step(120, 'accepted'), step(160, 'opportunity')], 100, 160],
    ['a returned lead taken up again', { from: 'returned', until: 'answer' }, { returnedAt: 140, contactedAt: 130 }, [step(140, 'recycled'), step(170, 'qualified')], 140, 170],
    ['a returned lead given up for good', { from: 'returned', until: 'answer' }, { returnedAt: 140, contactedAt: 130, end: 'lost', endedAt: 160 }, [step(140, 'recycled')], 140, 160],
    ['a returned lead nobody took up, contacted before', { from: 'returned', until: 'answer' }, { returnedAt: 140, contactedAt: 130, end: 'recycled', endedAt: 140 }, [step(140, 'recycled')], 140, null],
    ['a returned lead, contacted only before', { from: 'returned', until: 'contact' }, { returnedAt: 140, contactedAt: 130 }, [], 140, null],
    ['a stage not reached', { until: 'stage', stage: 'sales_qualified' }, {}, [step(120, 'accepted'), step(130, 'recycled')], 100, null],
  ])('%s', (_name, terms, facts, log, startedAt, metAt) => expect(clockFacts(promise(terms), lead(facts), log)).toMatchObject({ startedAt, metAt }));

  it('has no clock for a lead that was not passed on, nor for a count', () => {
    expect(clockFacts(promise(), lead({ passedAt: null }), [])).toBeNull();
    expect(clockFacts(promise({ kind: 'count' }), lead(), [])).toBeNull();
  });

  it('stops for a lead that is lost; a returned one waits where that was agreed', () => {
    expect(clockFacts(promise(), lead({ end: 'lost', endedAt: 130 }), [])).toMatchObject({ stoppedAt: 130 });
    expect(clockFacts(promise({ pauseReturned: false }), lead({ end: 'recycled', endedAt: 130 }), [])).toMatchObject({ stoppedAt: 130 });
    expect(clockFacts(promise({ pauseReturned: true }), lead({ end: 'recycled', endedAt: 130 }), [step(130, 'recycled')])).toMatchObject({ stoppedAt: null, pauses: [{ from: 130, to: null }] });
  });

  it('waits at chosen stages and from a return until it goes on', () => {
    const log = [step(100, 'qualified'), step(120, null, 'asking'), step(140, 'accepted'), step(150, null, 'asking')];
    expect(pausesOf(promise({ pauseReturned: false, pauseStages: ['asking'] }), lead(), log)).toEqual([{ from: 120, to: 140 }, { from: 150, to: null }]);
    expect(pausesOf(promise({ pauseReturned: true }), lead({ returnedAt: 110 }), [step(100, 'qualified'), step(110, 'recycled'), step(130, 'accepted')])).toEqual([{ from: 110, to: 130 }, { from: 110, to: 130 }]);
    expect(pausesOf(promise({ pauseReturned: true, from: 'returned' }), lead({ returnedAt: 110 }), [])).toEqual([]);
  });

  it('reckons weeks in the working days of a calendar', () => {
    expect(limitOf(promise({ limit: 8, unit: 'weeks' }), 5)).toMatchObject({ amount: 40, unit: 'days' });
    expect(limitOf(promise({ limit: 8, unit: 'weeks' }), 4)).toMatchObject({ amount: 32, unit: 'days' });
    expect(limitOf(promise({ limit: 6, unit: 'hours', warnAt: 50 }), 5)).toMatchObject({ amount: 6, unit: 'hours', warnAt: 0.5 });
  });
});

describe('versions', () => {
  const signed = (version: number, signedAt: Date | null, withdrawnAt: Date | null = null) => ({ version, signedAt, withdrawnAt });
  it('count once signed, and the newest of them does', () => {
    const versions = [signed(1, new Date(1)), signed(2, new Date(2)), signed(3, null, new Date(3)), signed(4, null)];
    expect(current(versions)?.version).toBe(2);
    expect(versions.map((each) => versionState(each, versions))).toEqual(['replaced', 'signed', 'withdrawn', 'waiting']);
  });
  it('cut time into spans: what had begun when a lead started is what is owed', () => {
    const at = (starts: Record<number, number>) => spansOf(Object.keys(starts).map((version) => ({ version: Number(version) })), ({ version }) => starts[version] ?? 0).map(({ version, from, to }) => [version.version, from, to]);
    expect(at({ 1: 10, 2: 20, 3: 30 })).toEqual([[1, 10, 20], [2, 20, 30], [3, 30, null]]);
    expect(at({ 1: 10, 2: 30, 3: 20 })).toEqual([[1, 10, 20], [3, 20, null]]);
    expect(at({ 1: 10, 2: 10 })).toEqual([[2, 10, null]]);
    expect(at({})).toEqual([]);
  });
  it('are signed by two heads, who are two people', () => {
    const me = { userId: 'u', personId: 'p', headOf: 'sales' as const };
    expect(waitingFor([{ side: 'sales' }])).toEqual(['marketing']);
    expect(cannotSign({ ...me, headOf: null }, [])).toBe('not_head');
    expect(cannotSign(me, [])).toBeNull();
    expect(cannotSign(me, [{ side: 'sales', userId: 'x', personId: null }])).toBe('already');
    expect(cannotSign(me, [{ side: 'marketing', userId: 'u', personId: null }])).toBe('same_person');
    expect(cannotSign(me, [{ side: 'marketing', userId: 'x', personId: 'p' }])).toBe('same_person');
    expect(cannotSign({ ...me, personId: null }, [{ side: 'marketing', userId: 'x', personId: null }])).toBeNull();
  });
});

const mate = (name: string, territory: string, more: Partial<TeamMate> = {}): TeamMate => ({ name, email: `${name.toLowerCase().replace(' ', '.')}@x.example`, function: 'sales', level: 'front_line', territory, ...more });

describe('teams and counts', () => {
  const teams = teamsOf([mate('Ann Lee', 'North'), mate('Bo Day', 'South'), mate('Cy Fox', 'North', { level: 'manager' }), mate('Di Orr', 'south ', { level: 'manager' }), mate('Ed Poe', 'East'), mate('Ed Poe', 'West', { email: 'other@x.example' })]);
  it('finds an owner by name or address, and nobody by a name that two people bear', () => {
    expect(['ann lee', 'BO.DAY@x.example', 'Ed Poe', 'other@x.example', null, 'Nobody'].map((owner) => teams.of(owner)?.territory)).toEqual(['North', 'South', undefined, 'West', undefined, undefined]);
    expect(teams.territories).toEqual(['North', 'south']);
    expect(teamsOf([mate('Ann Lee', 'North'), mate('Bo Day', '')]).territories).toEqual(['North']);
  });

  const month = (name: string, owner: string | null, n: number, more: Partial<Month> = {}): Month => ({ month: name, owner, n, origin: 'marketing', channel: null, ...more });
  const months = [month('2026-01', 'Ann Lee', 2), month('2026-03', 'Cy Fox', 1), month('2026-02', 'Bo Day', 2), month('2026-02', 'Bo Day', 9, { origin: 'sales' }), month('2026-04', 'Bo Day', 3), month('2026-02', null, 50)];
  const [example] = exampleCommitments('2026-01-01');
  const zone = 'UTC';
  const at = (period: string, now: string, startsAt = Date.UTC(2026, 0, 1)) => countTally(example?.commitment ?? promise(), months, teams, { period, zone, now: new Date(now), startsAt });

  it('are due for each territory once the period is over', () => {
    expect(at('2026-Q1', '2026-04-01T00:00:00Z')).toMatchObject({ due: 2, kept: 1, notYetDue: 0 });
    expect(at('2026-Q1', '2026-03-31T23:59:00Z')).toMatchObject({ due: 0, kept: 0, notYetDue: 2, early: 1 });
    expect(at('2025-Q4', '2026-04-01T00:00:00Z')).toMatchObject({ due: 0, notYetDue: 0 });
    expect(at('2026-Q1', '2026-04-01T00:00:00Z', Date.UTC(2026, 1, 1))).toMatchObject({ due: 0 });
  });
});

describe('hours as people write them', () => {
  it.each([['9-17', '09:00-17:00'], ['09:00-12:30, 13:30-17:00', '09:00-12:30, 13:30-17:00'], ['9.30 – 12', '09:30-12:00'], ['0-24', '00:00-24:00'], ['', '']])('%j is %j', (text, written) => {
    const read = readHours(text);
    expect(read && writeHours(read)).toBe(written);
  });
  it.each(['nine to five', '17-9', '9', '9-12-15', '25-26', '9:75-12', '24-25'])('%j is not understood', (text) => expect(readHours(text)).toBeNull());
  it('reads holidays and half days, and hands back what it does not understand', () => {
    const text = '2026-12-25 Christmas\n2026-12-24 9-13 Christmas Eve\n2026-02-30 No day\n\nsome day\n2026-05-01';
    const { exceptions, bad } = readExceptions(text);
    expect(writeExceptions(exceptions)).toBe('2026-12-25 Christmas\n2026-12-24 09:00-13:00 Christmas Eve\n2026-05-01');
    expect(bad).toEqual(['2026-02-30 No day', 'some day']);
  });
});
