import { expect, it } from 'vitest';
import { mediumOf } from './media';

it('tells online sources from offline ones by their names, and says where a name does not tell', () => {
  const all = (names: readonly string[]) => names.map((name) => [name, mediumOf(name)]);
  const online = ['Web', 'Web site', 'Blog', 'White paper', 'Webinar', 'E-mail', 'Email Marketing', 'Social', 'Organic Search', 'Paid Search', 'ORGANIC_SEARCH', 'Direct Traffic', 'DIRECT_TRAFFIC', 'landing_page', 'Virtual event', 'Online advertising', 'LinkedIn', 'Premium content'];
  const offline = ['Direct mail', 'trade_show', 'Trade show', 'Event', 'Inbound call', 'Outbound call', 'Cold Call', 'Advertising', 'Sponsoring', 'Referral', 'Partner', 'Offline Sources', 'Messe Hannover'];
  expect(all(online)).toEqual(online.map((name) => [name, 'online']));
  expect(all(offline)).toEqual(offline.map((name) => [name, 'offline']));
  expect(all(['', 'Other', 'Purchased List', 'Prefab', 'Recall list'])).toEqual([['', null], ['Other', null], ['Purchased List', null], ['Prefab', null], ['Recall list', null]]);
});
