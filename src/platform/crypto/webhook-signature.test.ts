import { describe, expect, test } from 'vitest';
import { newWebhookSecret, signedHeaders, TOLERANCE_S, verifyMessage } from './webhook-signature';

const SECRET = 'whsec_plJ3nmyCDGBKInavdOK15jsl';
const BODY = '{"event_type":"ping","data":{"success":true}}';
const AT = 1_731_705_121_000;
const signed = (at = AT) => new Headers(signedHeaders(SECRET, 'msg_loFOjxBNrRLzqYUf', at, BODY));

describe('Standard Webhooks', () => {
  test('signs as the reference libraries do', () => {
    expect(signed().get('webhook-signature')).toBe('v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=');
  });
  test('takes a message up to five minutes off, on both sides', () => {
    for (const seconds of [-TOLERANCE_S, 0, TOLERANCE_S]) expect(verifyMessage(SECRET, signed(), BODY, AT + seconds * 1000)).toBe('good');
    for (const seconds of [-TOLERANCE_S - 1, TOLERANCE_S + 1]) expect(verifyMessage(SECRET, signed(), BODY, AT + seconds * 1000)).toBe('stale');
  });
  test('one good signature of several is enough while a secret is changed', () => {
    const headers = signed();
    headers.set('webhook-signature', `v1,${Buffer.alloc(32).toString('base64')} v2,x ${headers.get('webhook-signature') ?? ''}`);
    expect(verifyMessage(SECRET, headers, BODY, AT)).toBe('good');
  });
  test.each([
    ['webhook-id', 'msg_other', 'forged'], ['webhook-timestamp', '1731705122', 'forged'], ['webhook-signature', 'v1,AAAA', 'forged'], ['webhook-signature', 'v1a,AAAA', 'incomplete'],
    ['webhook-id', 'msg.1', 'incomplete'], ['webhook-timestamp', '1731705121.5', 'incomplete'], ['webhook-timestamp', '', 'incomplete'],
  ])('%s = %s is %s', (name, value, verdict) => {
    const headers = signed();
    headers.set(name, value);
    expect(verifyMessage(SECRET, headers, BODY, AT)).toBe(verdict);
  });
  test('secrets are 256 random bits', () => {
    const secret = newWebhookSecret();
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    expect(newWebhookSecret()).not.toBe(secret);
  });
});
