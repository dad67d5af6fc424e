import { minutesFor } from '../domain/instrument';
import { refuse } from '../../../platform/http/refusal';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { peopleById } from '../../people/public';
import { deliver, mailedInvitations, postMails, workspaceFacts } from '../../workspace/public';
import { invitationsOf, leavesOfWave, stateOfWave, type WaveRow } from '../ballots-repo';
import { minimumFor } from '../domain/tree';
import { groupLabel } from '../group-label';
import { invitationLetter, moment, type LetterValues } from '../letters';
import message from '../messages/waves.en.json';
import { codeAsPrinted, linkOf, linkToken, shortCode } from '../tokens';
import { readWaveSecrets, waveKeys } from '../wave-secrets';

const open = (row: WaveRow): WaveRow & { listHash: string; closesAt: Date } => {
  if ((row.state !== 'open' && row.state !== 'closing') || !row.listHash || !row.closesAt) throw refuse.conflict('This survey is not open, so it has no links.', 'Launch it first; after closing, links lead nowhere.');
  return row as WaveRow & { listHash: string; closesAt: Date };
};

/** Everybody's way in, computed now: names and links for those with a link, group and code for slips. */
export const waysIn = async (services: Services, tx: WorkspaceTx, row: WaveRow) => {
  const { listHash } = open(row);
  const { tokenSecret } = await readWaveSecrets(tx, waveKeys(services.config), row.id);
  const leaves = new Map((await leavesOfWave(tx, row.id)).map((leaf) => [leaf.id, leaf]));
  const invitations = await invitationsOf(tx, row.id);
  const people = await peopleById(tx, invitations.flatMap((each) => each.personId ?? []));
  return invitations.flatMap((each) => {
    const leaf = leaves.get(each.leafId);
    const person = each.personId ? people.get(each.personId) : undefined;
    if (!leaf) return [];
    return [{
      id: each.id, name: person?.name ?? null, email: person?.email ?? null, function: leaf.function, group: groupLabel(leaf.path),
      link: linkOf(services.config.baseUrl, row.id, linkToken(tokenSecret, each.id), listHash), code: codeAsPrinted(shortCode(tokenSecret, each.id)),
    }];
  }).sort((a, b) => (a.name ?? a.group.en).localeCompare(b.name ?? b.group.en));
};

type WayIn = Awaited<ReturnType<typeof waysIn>>[number];

/** What a letter about this wave says to whoever has this way in. */
export const letterValues = async (services: Services, tx: WorkspaceTx, row: WaveRow): Promise<(way: WayIn) => LetterValues> => {
  const facts = await workspaceFacts(tx);
  const { closesAt } = open(row);
  const locale = row.setup.locales[0] ?? 'en';
  return (way) => ({
    workspace: facts.name, minutes: row.instrument ? minutesFor(row.instrument, row.setup.toolIds, way.function) : 10,
    closes: moment(closesAt, locale, facts.timeZone), k: minimumFor(way.function, row.setup.minimum), address: `${services.config.baseUrl}/a`,
    link: way.link, code: way.code, ...(way.name ? { name: way.name } : {}),
  });
};

/** Puts one invitation per named person into the outbox, once; the text lies there without link and code. */
export const queueInvitations = async (scope: Scope, row: WaveRow): Promise<number> => {
  open(row);
  const { tx, workspaceId, now, newId, services } = scope;
  const already = await mailedInvitations(tx, row.id);
  const values = await letterValues(services, tx, row);
  const locale = row.setup.locales[0] ?? 'en';
  const waiting = (await waysIn(services, tx, row)).filter((way) => way.email !== null && !already.has(way.id));
  const mails = waiting.map((way) => {
    const { subject, body } = invitationLetter(locale, { ...values(way), link: '[…]', code: '[…]' });
    return { id: newId(), workspaceId, kind: 'survey-invitation', recipient: way.email ?? '', subject, body, link: null, waveId: row.id, invitationId: way.id, createdAt: now };
  });
  await postMails(tx, mails);
  scope.afterwards(() => services.jobs.send('assessment-invite', { workspaceId, waveId: row.id }));
  await scope.audit({ action: 'wave.invitations_queued', subjectKind: 'wave', subjectId: row.id, details: { queued: mails.length } });
  return mails.length;
};

/**
 * Sends what the outbox holds for a wave, putting each link in as it goes out. Everybody's way in is computed once a run.
 * @returns how many were tried
 */
export const sendInvitations = async (services: Services, workspaceId: string, row: WaveRow): Promise<number> => {
  if (!services.mail) return 0;
  const locale = row.setup.locales[0] ?? 'en';
  const { ways, values } = await services.db.inWorkspace(workspaceId, async (tx) => ({
    ways: new Map((await waysIn(services, tx, row)).map((way) => [way.id, way])), values: await letterValues(services, tx, row),
  }));
  return deliver(services, workspaceId, row.id, async ({ invitationId }, tx) => {
    const way = ways.get(invitationId ?? '');
    if (!way) return { never: message['invitation.noLongerAsked'] };
    if ((await stateOfWave(tx, row.id)) !== 'open') return { never: message['invitation.surveyClosed'] };
    const { subject, body } = invitationLetter(locale, values(way));
    return { subject, text: body };
  });
};
