import { formatIcu } from '../../../lib/icu';
import type { Side } from '../../../lib/vocabulary';
import type { WorkspaceTx } from '../../../platform/db/database';
import { optOutWords } from '../../customers/public';
import { peopleToAsk } from '../../people/public';
import { leadNames } from '../../pipeline/public';
import { postMails, workspaceFacts } from '../../workspace/public';
import { noteStep, type NoticeStep } from '../clocks-repo';
import { otherSide } from '../domain/commitment';
import { current } from '../domain/signing';
import type { Teams } from '../domain/teams';
import messages from '../messages/letters.en.json';
import { NOTICE_STEPS } from '../schema';
import type { Whole } from '../terms-repo';

type At = { workspaceId: string; now: Date; newId: () => string; baseUrl: string; offices: { teams: Teams; zone: string } };
type Item = { step: NoticeStep; commitment: string; account: string; optedOut: boolean; dueAt: Date };

/** What was due longer ago than this is noted and mailed to nobody: old records that have just come in are for the review. */
const NEWS_MS = 7 * 86_400_000;
const LINES = 20;

const say = (key: keyof typeof messages, values: Record<string, string | number>): string => formatIcu(messages[key], 'en', values);

/** Who hears of a step: whose lead it is, then the head of the side that owes, then both heads. */
const recipients = (step: NoticeStep, owes: Side, owner: string | null, teams: Teams, heads: ReadonlyMap<Side, readonly string[]>): string[] => {
  const own = heads.get(owes) ?? [];
  if (step === 'missed') return [...own];
  if (step === 'passed_on') return [...own, ...(heads.get(otherSide(owes)) ?? [])];
  const mate = teams.of(owner);
  return mate && mate.function === owes ? [mate.email] : [...own];
};

const letter = (items: readonly Item[], workspace: string, link: string, zone: string): { subject: string; body: string } => {
  const when = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone, timeZoneName: 'short' });
  const parts = NOTICE_STEPS.flatMap((step) => {
    const own = items.filter((item) => item.step === step);
    if (own.length === 0) return [];
    const lines = own.slice(0, LINES).map((item) => say('letter.line', { account: item.account, out: item.optedOut ? 'yes' : 'no', outWords: optOutWords.whole, commitment: item.commitment, due: when.format(item.dueAt) }));
    return [[say(`letter.${step}`, { count: own.length }), ...lines, ...(own.length > LINES ? [say('letter.more', { count: own.length - LINES })] : [])].join('\n')];
  });
  return { subject: say('letter.subject', { count: items.length, workspace }), body: [...parts, say('letter.where', { link }), say('letter.why', {})].join('\n\n') };
};

/** Notes every step that clocks have reached since the last time, and puts one mail for each recipient into the outbox. @returns how many mails */
export const notify = async (tx: WorkspaceTx, at: At, commitments: readonly Whole[]): Promise<number> => {
  const people = await peopleToAsk(tx);
  const heads = new Map((['sales', 'marketing'] as const).map((side) => [side, people.filter((each) => each.level === 'leader' && each.function === side).map((each) => each.email)]));
  const mails = new Map<string, Item[]>();
  for (const row of commitments) {
    const commitment = current(row.versions)?.commitment;
    if (commitment?.kind !== 'response') continue;
    for (const step of NOTICE_STEPS) {
      const reached = (await noteStep(tx, at.workspaceId, row.id, step, at.now)).filter(({ at: due }) => at.now.getTime() - due.getTime() <= NEWS_MS);
      const leads = await leadNames(tx, reached.map(({ leadId }) => leadId));
      for (const { leadId, at: dueAt } of reached) {
        const lead = leads.get(leadId);
        const item = { step, commitment: row.name, account: lead?.company ?? lead?.name ?? say('letter.unnamed', {}), optedOut: lead?.optedOut ?? false, dueAt };
        for (const to of recipients(step, commitment.owes, lead?.owner ?? null, at.offices.teams, heads)) mails.set(to, [...(mails.get(to) ?? []), item]);
      }
    }
  }
  const { name } = await workspaceFacts(tx);
  const link = `${at.baseUrl}/w/${at.workspaceId}/agreements`;
  await postMails(tx, [...mails].map(([recipient, items]) => ({ id: at.newId(), workspaceId: at.workspaceId, kind: 'commitment-notice', recipient, ...letter(items, name, link, at.offices.zone), link, waveId: null, invitationId: null, createdAt: at.now })));
  return mails.size;
};
