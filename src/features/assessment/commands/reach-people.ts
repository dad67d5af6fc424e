import { minutesFor } from '../domain/instrument';
import { refuse } from '../../../platform/http/refusal';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { peopleById } from '../../people/public';
import { mailedInvitations, markMail, postMails, waitingMails, workspaceFacts } from '../../workspace/public';
import { invitationsOf, leavesOfWave, lockWave, outstandingInvitations, type WaveRow } from '../ballots-repo';
import { minimumFor } from '../domain/tree';
import { groupLabel } from '../group-label';
import { invitationLetter, moment, reminderLetter, type Letter, type LetterValues } from '../letters';
import { codeAsPrinted, linkOf, linkToken, shortCode } from '../tokens';
import { readWaveSecrets, waveKeys } from '../wave-secrets';
import { setWave } from '../waves-repo';

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

const letterValues = async (services: Services, tx: WorkspaceTx, row: WaveRow): Promise<(way: WayIn) => LetterValues> => {
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

const AT_ONCE = 50;

/** Sends what the outbox holds for a wave, computing each link as it goes out. @returns how many were tried */
export const sendInvitations = async (services: Services, workspaceId: string, row: WaveRow): Promise<number> => {
  const { mail } = services;
  if (!mail) return 0;
  return services.db.inWorkspace(workspaceId, async (tx) => {
    const ways = new Map((await waysIn(services, tx, row)).map((way) => [way.id, way]));
    const values = await letterValues(services, tx, row);
    const waiting = await waitingMails(tx, row.id, AT_ONCE);
    for (const letterRow of waiting) {
      const way = ways.get(letterRow.invitationId ?? '');
      const letter = way ? invitationLetter(row.setup.locales[0] ?? 'en', values(way)) : null;
      const failure = letter ? await tried(() => mail.send({ to: letterRow.recipient, subject: letter.subject, text: letter.body })) : 'the person is no longer asked';
      await markMail(tx, letterRow.id, services.now(), failure);
    }
    return waiting.length;
  });
};

/** The mail server's words would quote the letter; only their beginning is kept, without any link. */
const tried = (send: () => Promise<void>): Promise<string | null> => send().then(() => null, (error: Error) => error.message.replace(/https?:\S+/g, '[link]').slice(0, 200));

/** Reminds those who have not picked up a ballot. Who they were is kept nowhere; the outbox holds a count. */
export const remindOutstanding = async (services: Services, workspaceId: string, row: WaveRow, marks: number[] = []): Promise<number> => {
  const { mail } = services;
  if (!mail) return 0;
  const letters = await services.db.inWorkspace(workspaceId, async (tx) => {
    if (marks.length > 0 && !(await claim(tx, row.id, marks))) return null;
    const outstanding = new Set((await outstandingInvitations(tx, row.id)).map((each) => each.id));
    const values = await letterValues(services, tx, row);
    return (await waysIn(services, tx, row)).filter((way) => outstanding.has(way.id)).flatMap((way): (Letter & { to: string })[] => (way.email ? [{ to: way.email, ...reminderLetter(row.setup.locales[0] ?? 'en', values(way)) }] : []));
  });
  if (!letters) return 0;
  let sent = 0;
  for (const { to, subject, body } of letters) if ((await tried(() => mail.send({ to, subject, text: body }))) === null) sent += 1;
  await services.db.inWorkspace(workspaceId, async (tx) => {
    const now = services.now();
    const id = services.newId();
    await postMails(tx, [{ id, workspaceId, kind: 'survey-reminder', recipient: `${sent}`, subject: row.name, body: '', link: null, waveId: row.id, invitationId: null, createdAt: now }]);
    await markMail(tx, id, now, null);
  });
  return sent;
};

/** Notes the marks before anything is sent: a server killed on the way, or a second one, must not remind people twice. @returns false when another was first */
const claim = async (tx: WorkspaceTx, waveId: string, marks: readonly number[]): Promise<boolean> => {
  const used = (await lockWave(tx, waveId))?.reminded ?? [];
  if (marks.every((mark) => used.includes(mark))) return false;
  await setWave(tx, waveId, { reminded: [...new Set([...used, ...marks])] });
  return true;
};
