import { expect, test } from 'vitest';
import { fill, secretIn } from './link';

test('a name that looks like a placeholder or a pattern stays what it is', () => {
  expect(fill('{inviter} invites you to {workspace}: {link}', { inviter: '{link}', workspace: "R$& $1 $'", link: 'https://x/join#s' })).toBe("{link} invites you to R$& $1 $': https://x/join#s");
  expect(fill('{unknown} stays', {})).toBe('{unknown} stays');
});

test('the secret stands behind the first #', () => expect(secretIn('https://x.example/join#lsi_abc')).toBe('lsi_abc'));
