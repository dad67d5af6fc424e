import { describe, expect, it } from 'vitest';
import { addressOf, isKiosk, linkIn, shortCodeIn } from './link';

const wave = '6f0c2c1e-8d3b-4c55-9a51-0d6d7c1b2a3f';
const token = 'dG9rZW4tb2Yt_25lLXBlcnNv';
const h = 'AAECAwQFBgcICQoLDA0ODw';
const whole = `${wave}.${token}.${h}`;

describe('a link', () => {
  it.each([
    `https://survey.example/a#${whole}`,
    `https://survey.example/a%23${whole}`,
    `https://survey.example/a%2523${whole}`,
    `https://survey.example/a%23${whole.replaceAll('.', '%2E')}`,
    `https://survey.example/a/${whole}`,
    `https://survey.example/a?${whole}`,
    `https://survey.example/a?l=${whole}&utm_source=mail`,
    `https://survey.example/a#${whole}.`,
    `https://survey.example/a#${whole}),`,
    `https://survey.example/a#${whole}&data=05%7C01`,
    `https://survey.example/a?x=%E0%A4%A#${whole}`,
    `https://scanner.example/?url=https%3A%2F%2Fsurvey.example%2Fa%23${whole}`,
  ])('is found in %s', (address) => {
    expect(linkIn(address)).toEqual({ wave, token, h, carried: undefined });
  });

  it('is found when it was cut behind the token', () => {
    expect(linkIn(`https://survey.example/a#${wave}.${token}`)).toEqual({ wave, token, h: undefined, carried: undefined });
  });

  it.each(['https://survey.example/a', 'https://survey.example/a?kiosk', `https://survey.example/a#${wave}`, 'https://survey.example/a#hello'])('is not seen in %s', (address) => {
    expect(linkIn(address)).toBeUndefined();
  });

  it('carries answers and a ballot to another device', () => {
    const [prefix, sig] = ['p'.repeat(43), 's'.repeat(342)];
    for (const carried of [{ answers: 'q83v', prefix: undefined, sig: undefined }, { answers: 'q83v', prefix, sig }])
      expect(linkIn(`https://survey.example${addressOf({ wave, token, h, carried })}`)).toEqual({ wave, token, h, carried });
  });

  it.each([
    ['https://survey.example/a?kiosk', true],
    ['https://survey.example/a?x=1&kiosk=1', true],
    ['https://survey.example/a%3Fkiosk', true],
    ['https://survey.example/a#kiosk', true],
    ['https://survey.example/a?kioskless', false],
    ['https://kiosk.example/a', false],
  ])('%s is on a shared device: %s', (address, shared) => {
    expect(isKiosk(address)).toBe(shared);
  });
});

describe('a short code', () => {
  it.each([
    ['7K2M9QX4T0BD', '7K2M9QX4T0BD'],
    ['7k2m-9qx4-t0bd', '7K2M9QX4T0BD'],
    [' 7K2M 9QX4 TOBD ', '7K2M9QX4T0BD'],
    ['7K2M–9QX4–toiL', '7K2M9QX4T011'],
  ])('%s reads %s', (typed, code) => {
    expect(shortCodeIn(typed)).toBe(code);
  });

  it.each(['', '7K2M9QX4T0B', '7K2M9QX4T0BDX', '7K2M9QX4T0BU', '7K2M9QX4T0B!'])('%s is none', (typed) => {
    expect(shortCodeIn(typed)).toBeUndefined();
  });
});
