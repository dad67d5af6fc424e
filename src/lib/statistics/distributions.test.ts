import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from './normal';
import { incompleteBeta, lnGamma } from './special';
import { studentCdf, studentQuantile, studentTwoSided } from './student';

const closeTo = (actual: number, expected: number, relative = 1e-11) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(1e-300, Math.abs(expected)));

describe('special functions against published values', () => {
  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001],
    [3.7, 1.428072326665388],
    [50, 144.5657439463449],
    [1e5, 1051287.708973657],
  ])('ln gamma(%d)', (x, expected) => closeTo(lnGamma(x), expected, 1e-13));

  it.each([
    [0.3, 2, 5, 0.579825],
    [0.5, 100, 100, 0.5],
    [0.001, 0.5, 0.5, 0.020135041633377492],
  ])('incomplete beta at %d (%d, %d)', (x, a, b, expected) => closeTo(incompleteBeta(x, a, b), expected));

  it('refuses arguments outside the domain', () => {
    expect(incompleteBeta(1.1, 1, 1)).toBeNaN();
    expect(lnGamma(0)).toBeNaN();
  });
});

describe('normal distribution', () => {
  it.each([
    [-8, 6.220960574271785e-16],
    [-3.5, 2.3262907903552502e-4],
    [-1, 0.15865525393145707],
    [0.3, 0.6179114221889526],
    [2.9, 0.9981341866996159],
    [3.1, 0.9990323967867817],
  ])('below %d', (x, expected) => closeTo(normalCdf(x), expected));

  it.each([
    [0.975, 1.959963984540054],
    [0.95, 1.6448536269514722],
    [0.3, -0.5244005127080407],
    [1e-10, -6.361340902404056],
  ])('quantile %d', (p, expected) => closeTo(normalQuantile(p), expected));

  it('ends at infinity', () => expect([normalQuantile(0), normalQuantile(1), normalQuantile(2)]).toEqual([-Infinity, Infinity, NaN]));
});

describe("Student's t", () => {
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 4, 2.7764451051977987],
    [0.95, 7.35, 1.8810929875860742],
    [0.9995, 120, 3.373453768562533],
    [0.6, 3, 0.2766706623326898],
    [0.975, 1e9, 1.959963984540054],
  ])('quantile %d with %d df', (p, df, expected) => closeTo(studentQuantile(p, df), expected, 1e-9));

  it('agrees with the tables to ten digits', () => {
    closeTo(studentQuantile(0.975, 10), 2.2281388519649385);
    closeTo(studentQuantile(0.975, 30), 2.0422724563012373);
    closeTo(studentQuantile(0.025, 100), -1.983971518523552);
  });

  it('its quantile undoes its distribution', () => {
    for (const df of [1, 2.5, 9, 77.7, 1e4]) {
      for (const p of [1e-9, 0.01, 0.3, 0.5, 0.9, 0.9999]) closeTo(studentCdf(studentQuantile(p, df), df), p, 1e-7);
    }
  });

  it('is symmetric and keeps far tails', () => {
    closeTo(studentTwoSided(-2.5, 13.7), 0.025784656471373117);
    closeTo(studentTwoSided(40, 5), 1.8411962171772954e-7, 1e-9);
    expect(studentTwoSided(Infinity, 5)).toBe(0);
    expect(studentTwoSided(1, 0)).toBeNaN();
  });
});
