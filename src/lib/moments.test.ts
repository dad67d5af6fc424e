import { describe, expect, it } from 'vitest';
import { dateForm, dayText, monthEnd, monthStart, monthText, readMoment, wholeDays, type Moment } from './moments';

const shown = (text: string, order: 'dmy' | 'mdy' = 'dmy') => {
  const moment = readMoment(text, order);
  return moment && `${new Date(moment.at).toISOString().slice(0, 19)}${moment.timed ? ' timed' : ''}`;
};

describe('dates as exports write them', () => {
  it.each([
    ['2018-02-26 19:58:54', '2018-02-26T19:58:54 timed'],
    ['2018-02-26', '2018-02-26T00:00:00'],
    ['2018/2/6', '2018-02-06T00:00:00'],
    ['20180226', '2018-02-26T00:00:00'],
    ['2020-05-06T00:14:31.000Z', '2020-05-06T00:14:31 timed'],
    ['2020-05-06T00:14:31+02:00', '2020-05-05T22:14:31 timed'],
    ['2020-05-15 22:18:25 UTC', '2020-05-15T22:18:25 timed'],
    ['26.02.2018 07:05', '2018-02-26T07:05:00 timed'],
    ['3/4/2017', '2017-04-03T00:00:00'],
    ['3/15/2024 2:30 PM', '2024-03-15T14:30:00 timed'],
    ['12/1/17 12:05 am', '2017-01-12T00:05:00 timed'],
    ['5 March 2021', '2021-03-05T00:00:00'],
    ['Mar 5, 2021', '2021-03-05T00:00:00'],
    ['05-Mar-2021', '2021-03-05T00:00:00'],
    ['Fri, 5 Mar 2021 14:30:00 GMT', '2021-03-05T14:30:00 timed'],
    ['3. März 2026, 14:05', '2026-03-03T14:05:00 timed'],
    ['3 maart 2026', '2026-03-03T00:00:00'],
    ['1er février 2026', '2026-02-01T00:00:00'],
    ['4 de marzo de 2026', '2026-03-04T00:00:00'],
  ])('%s', (text, expected) => expect(shown(text)).toBe(expected));
  it('month first where the column says so', () => expect(shown('3/4/2017', 'mdy')).toBe('2017-03-04T00:00:00'));
  it.each(['', '31.02.2018', '2018-13-01', '13/13/2018', 'won', '5', '2020-05-06 25:00', '1234567890', '3/4/2017 soon', '2018-02-30'])('no date: %s', (text) => expect(readMoment(text, 'dmy')).toBeUndefined());

  it.each([
    ['13/4/2017', 'dayFirst'],
    ['4/13/2017', 'monthFirst'],
    ['4/3/2017', 'open'],
    ['4/4/2017', 'equal'],
    ['4.3.2017', 'fixed'],
    ['2017-04-03', 'fixed'],
    ['Acme', undefined],
  ])('form of %s', (text, form) => expect(dateForm(text)).toBe(form));
});

describe('days elapsed', () => {
  const moment = (text: string): Moment => readMoment(text, 'dmy') ?? { at: NaN, timed: false };
  it.each([
    ['2018-03-08', '2018-03-06 19:38:55', -2],
    ['2018-03-08 20:00', '2018-03-09 19:00', 0],
    ['2018-03-08 20:00', '2018-03-09 21:00', 1],
    ['2018-03-08 20:00', '2018-03-08', 0],
    ['2018-03-08', '2018-03-09 01:00', 1],
  ])('%s to %s', (from, to, days) => expect(wholeDays(moment(from), moment(to))).toBe(days));
  it('months', () => {
    const at = moment('2018-12-31').at;
    expect([dayText(at), monthText(at), dayText(monthStart('2018-12')), dayText(monthEnd('2018-12'))]).toEqual(['2018-12-31', '2018-12', '2018-12-01', '2019-01-01']);
  });
});
