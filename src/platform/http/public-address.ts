import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Answers machines that ask from inside a cloud although its number looks public: Azure's wire server. */
const INSIDE_CLOUDS = new Set(['168.63.129.16']);

/** The part of IPv6 that is routed on the public internet (RFC 4291, IANA's registry of global unicast addresses). */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** ISATAP (RFC 5214) carries an IPv4 address behind this mark. */
const isatap = ({ parts }: ipaddr.IPv6): boolean => (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe;

/**
 * Whether an address, as a resolver or a socket writes it, is one that anybody on the internet could reach. Everything with a meaning of its own
 * (IANA's registries of special-purpose addresses, RFC 6890) is not: private, loopback, link-local, shared, documentation, multicast, reserved, and
 * every IPv6 form that carries an IPv4 address within it.
 */
export const isPublicAddress = (text: string): boolean => {
  if (isIP(text) === 0 || !ipaddr.isValid(text) || text.includes('%')) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  if (address instanceof ipaddr.IPv6) return address.match(GLOBAL_UNICAST) && !isatap(address);
  return !INSIDE_CLOUDS.has(address.toString());
};
