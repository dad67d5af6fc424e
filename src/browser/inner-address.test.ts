import { expect, test } from 'vitest';
import { innerAddress } from './inner-address';

const origin = 'https://lockstep.example';

test.each(['/', '/w/1/understand?tab=a#b', '/join#lsi_x', '/%2F%2Fevil.example'])('%s stays here', (wanted) => expect(innerAddress(wanted, origin)).toBe(wanted));

test.each([null, '', 'home', '//evil.example', '/\\evil.example', '/\t/evil.example', '\\\\evil.example', 'https://evil.example', 'javascript:alert(1)', ' //evil.example', '/.//evil.example', '/x/..//evil.example', 'data:text/html,x'])('%j leads nowhere', (wanted) =>
  expect(innerAddress(wanted, origin)).toBeNull());
