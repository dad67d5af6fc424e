import { implement } from '@orpc/server';
import { refuse } from '../../platform/http/refusal';
import type { Context } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { headNames } from '../people/public';
import { workspaceFacts } from '../workspace/public';
import { findWave, instrumentOf, invitationsOf, leavesOfWave, type WaveRow } from './ballots-repo';
import { changeDraft, createDraft, removeDraft } from './commands/draft-wave';
import { importAnswers } from './commands/import-answers';
import { launch } from './commands/launch';
import { loadInstrument } from './commands/load-instrument';
import { closeNow, extendWave } from './commands/move-closing';
import { waveProgress } from './commands/progress';
import { RULES } from './commands/read-results';
import { publishWave, shareWave } from './commands/publish-wave';
import { queueInvitations, waysIn } from './commands/reach-people';
import { wavePlan } from './commands/wave-plan';
import { assessmentContract } from './contract';
import { minutesFor } from './domain/instrument';
import { instrumentsHere } from './instruments-here';
import { wakeResults } from './jobs';
import { moment, openLetter } from './letters';
import { can, canSeeResults, type AssessmentAction } from './policy';
import { presentInstrument, presentPreview, presentWave } from './present';
import { withoutComments } from './present-results';
import { drawingIn, resultsIn, withSample, withShared } from './results-access';
import { areKept, invitedPerWave, listWaves } from './waves-repo';

const BETWEEN_REMINDERS_MS = 3_600_000;

const os = implement(assessmentContract).$context<Context>();
/** For answers of megabytes whose figures were checked against the contract when they were kept: checking them again is most of a later view. */
const checkedBefore = os.$config({ initialOutputValidationIndex: Number.NaN });

type Input = { workspace: string };

const reading = <T>(context: Context, input: Input, action: AssessmentAction, what: string, work: (scope: Scope) => Promise<T>) =>
  withWorkspace(context, input.workspace, 'assessment:read', async (scope) => {
    allow(can(scope.me, action), what);
    return work(scope);
  });

const managing = <T>(context: Context, input: Input, what: string, work: (scope: Scope) => Promise<T>) =>
  withWorkspace(context, input.workspace, 'assessment:write', async (scope) => {
    allow(can(scope.me, 'wave:manage'), what);
    return work(scope);
  });

const waveHere = async (scope: Scope, id: string): Promise<WaveRow> => {
  const row = await findWave(scope.tx, id);
  if (!row) throw refuse.notFound('survey');
  return row;
};

const answerAddress = (scope: Scope) => `${scope.services.config.baseUrl}/a`;

const view = async (scope: Scope, row: WaveRow) => presentWave(row, (await invitationsOf(scope.tx, row.id)).length);

/** The wave, if this reader may see its results now. @throws 403 with the reason before closing or publishing */
export const waveWithResults = async (scope: Scope, id: string): Promise<WaveRow> => {
  const row = await waveHere(scope, id);
  if (row.state !== 'closed') throw refuse.conflict('This survey is not closed yet, so there are no results.', 'Scores open once it has closed; nobody sees them earlier.');
  allow(canSeeResults(scope.me, row), 'see these results before the heads and facilitators publish them', 'Ask a head or a facilitator when they will.');
  if (!(await areKept(scope.tx, id, RULES))) scope.afterwards(() => wakeResults(scope.services, scope.workspaceId, id));
  return row;
};

export const assessmentRouter = os.router({
  instruments: os.instruments.handler(({ context, input }) => reading(context, input, 'wave:list', 'see questionnaires', async (scope) => (await instrumentsHere(scope.tx)).map(presentInstrument))),
  loadInstrument: os.loadInstrument.handler(({ context, input }) =>
    withWorkspace(context, input.workspace, 'assessment:write', async (scope) => {
      allow(can(scope.me, 'instrument:load'), 'load questionnaires');
      return presentInstrument(await loadInstrument(scope, input.text));
    }),
  ),
  waves: os.waves.handler(({ context, input }) =>
    reading(context, input, 'wave:list', 'see surveys', async (scope) => {
      const invited = await invitedPerWave(scope.tx);
      return (await listWaves(scope.tx)).map((row) => presentWave(row, invited.get(row.id) ?? 0));
    }),
  ),
  createWave: os.createWave.handler(({ context, input }) => managing(context, input, 'set up a survey', async (scope) => view(scope, await createDraft(scope, input)))),
  wave: os.wave.handler(({ context, input }) => reading(context, input, 'wave:list', 'see surveys', async (scope) => view(scope, await waveHere(scope, input.wave)))),
  updateWave: os.updateWave.handler(({ context, input }) =>
    managing(context, input, 'change a survey', async (scope) => view(scope, await changeDraft(scope, input.wave, input.version, { name: input.name, setup: input.setup }))),
  ),
  deleteWave: os.deleteWave.handler(({ context, input }) =>
    managing(context, input, 'delete a survey', async (scope) => {
      await removeDraft(scope, input.wave);
      return { done: true as const };
    }),
  ),
  plan: os.plan.handler(({ context, input }) => reading(context, input, 'wave:manage', 'plan a survey', async (scope) => ({ ...(await wavePlan(scope.tx, await waveHere(scope, input.wave), scope.now)), address: answerAddress(scope) }))),
  preview: os.preview.handler(({ context, input }) =>
    reading(context, input, 'wave:manage', 'preview a survey', async (scope) => {
      const { setup, instrument } = await waveHere(scope, input.wave);
      const asked = instrument ?? (await instrumentOf(scope.tx, setup.instrumentId, setup.instrumentVersion));
      if (!asked) throw refuse.notFound('questionnaire');
      return presentPreview(asked, setup.toolIds, input.function, input.locale);
    }),
  ),
  launch: os.launch.handler(({ context, input }) =>
    managing(context, input, 'launch a survey', async (scope) => {
      const row = await waveHere(scope, input.wave);
      if (row.state === 'draft' && row.version !== input.version) throw refuse.changedMeanwhile('survey');
      await launch(scope, input.wave);
      return view(scope, await waveHere(scope, input.wave));
    }),
  ),
  extend: os.extend.handler(({ context, input }) => managing(context, input, 'move the closing', async (scope) => view(scope, await extendWave(scope, input.wave, new Date(input.closesAt))))),
  close: os.close.handler(({ context, input }) => managing(context, input, 'close a survey', async (scope) => view(scope, await closeNow(scope, input.wave)))),
  progress: os.progress.handler(({ context, input }) =>
    reading(context, input, 'wave:progress', 'see how a survey is going', async (scope) => {
      const row = await waveHere(scope, input.wave);
      const acceptedUntil = row.closesAt ? new Date(row.closesAt.getTime() + scope.services.config.closeGraceMs).toISOString() : null;
      return { ...(await waveProgress(scope.tx, row)), address: answerAddress(scope), acceptedUntil };
    }),
  ),
  links: os.links.handler(({ context, input }) =>
    managing(context, input, 'hand out links', async (scope) => (await waysIn(scope.services, scope.tx, await waveHere(scope, input.wave))).map(({ id: _id, group, ...way }) => ({ ...way, group: group.en }))),
  ),
  sendInvitations: os.sendInvitations.handler(({ context, input }) => managing(context, input, 'send invitations', async (scope) => ({ queued: await queueInvitations(scope, await waveHere(scope, input.wave)) }))),
  remind: os.remind.handler(({ context, input }) =>
    managing(context, input, 'send reminders', async (scope) => {
      const row = await waveHere(scope, input.wave);
      if (row.state !== 'open') throw refuse.conflict('This survey is not open. Nobody was reminded.', 'Reminders go out while a survey is open.');
      if (!scope.services.mail) throw refuse.conflict('No mail server is set up, so nobody was reminded.', 'Copy the reminder for everybody from this page and send it yourself.');
      if (row.remindedAt && scope.now.getTime() - row.remindedAt.getTime() < BETWEEN_REMINDERS_MS)
        throw refuse.conflict('Those outstanding were reminded less than an hour ago. Nobody was reminded again.', 'Give them time to answer, and try later.');
      scope.afterwards(() => scope.services.jobs.send('assessment-remind', { workspaceId: scope.workspaceId, waveId: row.id, wishedAt: scope.now.toISOString() }));
      await scope.audit({ action: 'wave.reminded', subjectKind: 'wave', subjectId: row.id });
      return { queued: true as const };
    }),
  ),
  letter: os.letter.handler(({ context, input }) =>
    reading(context, input, 'wave:manage', 'copy letters', async (scope) => {
      const row = await waveHere(scope, input.wave);
      const { setup, instrument, opensAt, closesAt } = row;
      const functions = row.state === 'draft' ? setup.functions : (await leavesOfWave(scope.tx, row.id)).map((leaf) => leaf.function);
      const asked = instrument ?? (await instrumentOf(scope.tx, setup.instrumentId, setup.instrumentVersion));
      const { name, timeZone } = await workspaceFacts(scope.tx);
      const at = (value: Date | string | null | undefined) => (value ? moment(new Date(value), input.locale, timeZone) : '…');
      return openLetter(input.locale, input.kind, {
        workspace: name, leadership: functions.includes('leadership') ? 'yes' : 'no', minutes: asked ? minutesFor(asked, setup.toolIds, 'sales') : 10, k: setup.minimum.general,
        opens: at(opensAt ?? setup.opensAt ?? scope.now), closes: at(closesAt ?? setup.closesAt), ...(await headNames(scope.tx)),
      });
    }),
  ),
  importAnswers: os.importAnswers.handler(({ context, input }) => managing(context, input, 'bring in answers', (scope) => importAnswers(scope, input))),
  results: checkedBefore.results.handler(({ context, input }) => reading(context, input, 'wave:list', 'see results', async (scope) => resultsIn(scope.tx, await waveWithResults(scope, input.wave), input.locale))),
  drawing: os.drawing.handler(({ context, input }) => reading(context, input, 'wave:list', 'see results', async (scope) => drawingIn(scope.tx, await waveWithResults(scope, input.wave), input))),
  publish: os.publish.handler(({ context, input }) => withWorkspace(context, input.workspace, 'assessment:write', async (scope) => view(scope, await publishWave(scope, input.wave, input.published)))),
  share: os.share.handler(({ context, input }) => withWorkspace(context, input.workspace, 'assessment:write', async (scope) => ({ link: await shareWave(scope, input.wave, input.shared) }))),
  shared: checkedBefore.shared.handler(({ context, input }) => withShared(context.services, input.secret, async (tx, row) => withoutComments(await resultsIn(tx, row, input.locale)))),
  sharedDrawing: os.sharedDrawing.handler(({ context, input }) => withShared(context.services, input.secret, (tx, row) => drawingIn(tx, row, input))),
  sample: checkedBefore.sample.handler(({ context, input }) => withSample(context.services, (tx, row) => resultsIn(tx, row, input.locale))),
  sampleDrawing: os.sampleDrawing.handler(({ context, input }) => withSample(context.services, (tx, row) => drawingIn(tx, row, input))),
});
