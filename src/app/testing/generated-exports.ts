import { seeded } from '../../lib/seeded';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 6);
const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

const csv = (headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string => [headings.join(','), ...rows.map((row) => row.join(','))].join('\n');

/** Made-up files of a marketing system and a CRM, with what holds in them written down. */
export type GeneratedExports = { marketing: string; sales: string; deals: string; history: string; touches: string; activities: string; truth: { leads: number; won: number; lost: number } };

/**
 * A year of leads. Sales finds fewer leads that convert more often; big companies convert three times as often; leads wait longest as accepted; most are lost at
 * proposal, for the price. The column "Contract number" is filled only for won leads: it tells the outcome and must not explain it.
 * @param touchKeys whether touches name the lead they belong to
 */
export const generatedExports = (count = 900, seed = 11, touchKeys = true): GeneratedExports => {
  const random = seeded(seed);
  const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];
  const files = { marketing: [] as (string | number)[][], sales: [] as (string | number)[][], deals: [] as (string | number)[][], history: [] as (string | number)[][], touches: [] as (string | number)[][], activities: [] as (string | number)[][] };
  const truth = { leads: count, won: 0, lost: 0 };
  for (let at = 0; at < count; at += 1) {
    const own = random() < 0.35;
    const big = random() < 0.3;
    const wins = random() < (big ? 0.45 : 0.12) + (own ? 0.12 : 0);
    const loses = !wins && random() < 0.6;
    const entered = START + Math.floor(random() * 330) * DAY;
    const id = `${own ? 'S' : 'M'}${at}`;
    const email = `p${at}@firm${at}.example`;
    const source = own ? pick(['Outbound call', 'Trade show']) : pick(['Web site', 'Webinar', 'White paper']);
    const row = [id, `Person ${at}`, email, `Firm ${at}`, source, day(entered), big ? 'over 250' : 'under 250', pick(['Chemicals', 'Machines', 'Logistics']), wins ? `C-${at % 7}` : ''];
    (own ? files.sales : files.marketing).push(row);
    const steps = ['Marketing qualified', 'Accepted by sales', 'Sales qualified', 'Opportunity', 'Proposal'];
    let when = entered;
    const until = loses && random() < 0.4 ? 2 : wins || loses ? steps.length : 1 + Math.floor(random() * 4);
    for (const [step, name] of steps.slice(0, until).entries()) {
      when += (step === 2 ? 20 + Math.floor(random() * 25) : 2 + Math.floor(random() * 6)) * DAY;
      files.history.push([id, name, day(when), '']);
    }
    when += 4 * DAY;
    if (wins) {
      truth.won += 1;
      files.deals.push([`D${at}`, `Deal ${at}`, id, 'Closed Won', 1000 + Math.floor(random() * 9000), day(entered), day(when), 'true', 'true']);
    }
    if (loses) {
      truth.lost += 1;
      files.history.push([id, 'Lost', day(when), pick(['Price', 'Price', 'No need', 'No answer'])]);
    }
    const touched = 1 + Math.floor(random() * 4);
    for (let touch = 0; touch < touched; touch += 1) files.touches.push([`T${at}-${touch}`, touchKeys ? email : `C-${touch}`, pick(wins ? ['Webinar', 'Webinar', 'E-mail', 'Advert'] : ['E-mail', 'Advert', 'Webinar', 'Advert']), day(entered + touch * DAY)]);
    if (touchKeys) files.activities.push([`A${at}`, email, 'Call', day(entered + 5 * DAY)]);
  }
  const lead = ['Lead ID', 'Name', 'Email', 'Company', 'Lead Source', 'Create Date', 'Employees', 'Industry', 'Contract number'];
  return {
    truth,
    marketing: csv(lead, files.marketing),
    sales: csv(lead, files.sales),
    deals: csv(['Opportunity ID', 'Opportunity Name', 'Lead ID', 'Stage', 'Amount', 'Created Date', 'Close Date', 'Is Won', 'Is Closed'], files.deals),
    history: csv(['Lead ID', 'Stage', 'Date entered', 'Reason'], files.history),
    touches: csv(['Touch ID', touchKeys ? 'Email' : 'Cookie', 'Channel', 'Date'], files.touches),
    activities: csv(['Activity ID', 'Email', 'Type', 'Date'], files.activities),
  };
};
