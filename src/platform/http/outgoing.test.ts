import { describe, expect, test } from 'vitest';
import { createOutgoing, OutgoingFault } from './outgoing';
import { isPublicAddress } from './public-address';

const outgoing = createOutgoing({ allowPrivate: false, resolve: () => Promise.reject(new Error('no name is asked for')) });
const refusalOf = (url: string): string => {
  try {
    outgoing.check(url);
    return 'let through';
  } catch (error) {
    return error instanceof OutgoingFault ? error.problem : 'unknown';
  }
};

/** Every way of writing an address that is not for everybody, as a URL's host. */
const INSIDE = [
  // Loopback, in full, short, decimal, hexadecimal, octal, mixed, wide digits and with a dot at its end.
  '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0x7f.1', '0177.0.0.1', '0177.1', '017700000001', '127.0.0.1.', '127.255.255.254', '１２７.０.０.１', '127。0。0。1', '%31%32%37.0.0.1',
  'localhost', 'LocalHost', 'localhost.', 'any.localhost',
  // Unspecified, this network.
  '0.0.0.0', '0', '0x0', '0.1.2.3',
  // Private (RFC 1918), shared (RFC 6598), link-local and clouds' metadata.
  '10.0.0.1', '10.255.255.255', '167772161', '0xa.0.0.1', '012.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.1.1', '3232235777', '100.64.0.1', '100.127.255.255', '100.100.100.200',
  '169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.170.2', '192.0.0.192', '168.63.129.16',
  // Documentation, benchmarking, relays, multicast, reserved, broadcast.
  '192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '198.19.255.255', '192.88.99.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255',
  // IPv6: loopback, unspecified, unique local, link-local, site-local, multicast, documentation, discard, metadata.
  '[::1]', '[0:0:0:0:0:0:0:1]', '[0000:0000:0000:0000:0000:0000:0000:0001]', '[::]', '[fc00::1]', '[fd12:3456:789a::1]', '[fe80::1]', '[febf::1]', '[fec0::1]', '[ff02::1]', '[2001:db8::1]', '[3fff::1]', '[100::1]', '[fd00:ec2::254]',
  // IPv4 within IPv6: mapped, compatible, translated (RFC 6052, 6145, 8215), 6to4, Teredo, ISATAP.
  '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:0001]', '[::ffff:169.254.169.254]', '[::ffff:a9fe:a9fe]', '[::ffff:8.8.8.8]', '[::127.0.0.1]', '[::7f00:1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]',
  '[64:ff9b:1::a00:1]', '[2002:7f00:1::]', '[2002:a9fe:a9fe::1]', '[2001:0:7f00:1::1]', '[2a00:1450::5efe:7f00:1]', '[2a00:1450::200:5efe:a00:1]', '[5f00::1]', '[4000::1]',
];

describe('addresses', () => {
  test('the table is as long as it should be', () => {
    expect(INSIDE.length).toBeGreaterThanOrEqual(60);
    expect(new Set(INSIDE).size).toBe(INSIDE.length);
  });
  test.each(INSIDE)('%s is not called', (host) => {
    expect(refusalOf(`http://${host}/`)).toBe('address');
    expect(refusalOf(`https://${host}/path`)).toBe('address');
  });
  test.each(['8.8.8.8', '1.1.1.1', '93.184.215.14', '172.32.0.1', '100.128.0.1', '192.167.255.255', '[2606:4700:4700::1111]', '[2a00:1450:4001:80b::200e]', 'hooks.example.com', 'münchen.example'])('%s is', (host) => {
    expect(refusalOf(`https://${host}/in`)).toBe('let through');
  });
  test.each(['', 'example.com', '127.0.0.1 ', 'fe80::1%eth0', '::ffff:1.2.3.4', '1.2.3'])('as a resolver’s answer, %j is not public', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });
});

describe('what is no address to send to', () => {
  test.each([
    ['ftp://example.com/', 'url'], ['file:///etc/passwd', 'url'], ['gopher://example.com/', 'url'], ['javascript:alert(1)', 'url'], ['data:text/plain,x', 'url'], ['//example.com', 'url'], ['example.com', 'url'], ['', 'url'],
    ['https://user@example.com/', 'url'], ['https://user:pass@example.com/', 'url'], ['https://example.com@127.0.0.1/', 'url'], ['http://[::1/', 'url'], ['http://256.1.1.1/', 'url'],
    ['http://example.com:22/', 'port'], ['http://example.com:25/', 'port'], ['http://example.com:5432/', 'port'], ['http://example.com:6379/', 'port'], ['http://example.com:0/', 'port'], ['https://example.com:9200/', 'port'],
    ['https://example.com#@127.0.0.1/', 'let through'], ['http://127.0.0.1#@example.com/', 'address'], ['http://127.0.0.1\\@example.com/', 'address'],
  ])('%s: %s', (url, met) => {
    expect(refusalOf(url)).toBe(met);
  });
});
