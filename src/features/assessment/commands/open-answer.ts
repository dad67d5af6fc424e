import type { Services } from '../../../platform/rpc/context';
import { workspaceFacts } from '../../workspace/public';
import type { OpenRequest, OpenResponse } from '../answer-contract';
import { AnswerFault } from '../answer-fault';
import { waveState, workspaceOfWave } from '../ballots-repo';
import { minutesFor, sectionsFor, wordingFor } from '../domain/instrument';
import { wordsOfHash } from '../domain/public-list';
import { minimumFor } from '../domain/tree';
import { groupLabel } from '../group-label';
import type { RuntimeLeaf, WaveRuntime, WaveRuntimes } from '../wave-runtime';

/** A code as people type it: case, spaces and dashes do not matter, O reads as 0, I and L as 1 (Crockford's base32). */
const tidyCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

/** The wave and invitation behind a link or a typed code. @throws AnswerFault unknown_link, closed */
export const invitationFor = async (services: Services, runtimes: WaveRuntimes, request: OpenRequest) => {
  const secret = 'code' in request ? tidyCode(request.code) : request.token;
  const waves = 'code' in request ? await runtimes.all() : [await runtimes.find(request.wave)];
  for (const wave of waves) {
    const invitation = await wave?.invitationBehind(secret);
    const leaf = invitation && wave?.leaves.get(invitation.leafId);
    if (wave && invitation && leaf) return { wave, invitation, leaf };
  }
  // Links of a closed wave cannot be told from guesses any more, since what they were made from is destroyed.
  const wasOpen = 'wave' in request && !waves[0] && (await services.db.outside((tx) => workspaceOfWave(tx, request.wave)));
  throw new AnswerFault(wasOpen ? 'closed' : 'unknown_link');
};

/** The wave's state once it has opened. @throws AnswerFault closed, not_open_yet */
const openedWave = async (services: Services, wave: WaveRuntime) => {
  const { row, workspaceName } = await services.db.inWorkspace(wave.workspaceId, async (tx) => ({ row: await waveState(tx, wave.waveId), workspaceName: (await workspaceFacts(tx)).name }));
  const now = services.now();
  const graceEnds = (row?.closesAt?.getTime() ?? 0) + services.config.closeGraceMs;
  if (!row?.opensAt || !row.closesAt || (row.state !== 'open' && row.state !== 'closing') || now.getTime() > graceEnds) throw new AnswerFault('closed');
  if (now < row.opensAt) throw new AnswerFault('not_open_yet', { opensAt: row.opensAt.toISOString() });
  return { row, closesAt: row.closesAt, closing: now >= row.closesAt, workspaceName };
};

/**
 * Everything the answering page needs. Says nothing about whether anybody has answered: it is the same before and after, and
 * during the grace after closing, but for saying that it is over, so that a ballot picked up in time can still be sent.
 */
export const openAnswer = async (services: Services, runtimes: WaveRuntimes, request: OpenRequest): Promise<OpenResponse> => {
  const { wave, invitation, leaf } = await invitationFor(services, runtimes, request);
  const { row, closesAt, closing, workspaceName } = await openedWave(services, wave);
  return {
    wave: wave.waveId,
    token: invitation.token,
    workspaceName,
    title: row.name,
    closesAt: closesAt.toISOString(),
    ...(closing ? { closing } : {}),
    locales: row.setup.locales,
    leaf: { id: leaf.row.id, label: groupLabel(leaf.row.path), invited: leaf.row.invited, function: leaf.function },
    minimum: minimumFor(leaf.function, row.setup.minimum),
    list: wave.list,
    h: wave.listHash,
    words: wordsOfHash(Buffer.from(wave.listHash, 'base64url')),
    comments: row.setup.comments,
    ...(invitation.slip ? { kiosk: true } : {}),
    minutes: minutesFor(wave.instrument, wave.toolIds, leaf.function),
    scale: { min: wave.instrument.scale.min, max: wave.instrument.scale.max, low: wave.instrument.scale.low, high: wave.instrument.scale.high },
    sections: sectionsOf(wave, leaf),
  };
};

const sectionsOf = (wave: WaveRuntime, { function: audience }: RuntimeLeaf): OpenResponse['sections'] => {
  const toolOf = (sectionId: string) => wave.instrument.tools.find((tool) => tool.sections.some((section) => section.id === sectionId));
  return sectionsFor(wave.instrument, wave.toolIds, audience).map((section) => ({
    id: section.id,
    toolId: toolOf(section.id)?.id ?? section.id,
    toolTitle: toolOf(section.id)?.title ?? section.title,
    ...(section.stem ? { stem: wordingFor(section.stem, audience) } : {}),
    statements: section.statements.map((statement) => ({ id: statement.id, text: wordingFor(statement.text, audience) })),
  }));
};
