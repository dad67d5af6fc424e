import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { useQuery } from '@tanstack/react-query';
import { clientOf } from '../../../browser/rpc';
import { texts } from '../../../ui/texts';
import { dayText, When } from '../../../ui/when';
import type { assessmentContract } from '../../assessment/contract';
import sentences from '../messages/audit.en.json';
import { auditSentence } from './audit-sentence';
import type { AuditEvent } from './here';
import { roleName } from './roles';
import css from './settings.module.css';
import { t } from './text';

const say = texts(sentences);
const assessment = createTanstackQueryUtils(clientOf<typeof assessmentContract>('assessment'), { path: ['assessment'] });

const words = { role: (role: Parameters<typeof roleName>[0]) => roleName(role).toLowerCase(), goneMember: t('audit.gone'), someWave: t('audit.wave'), moment: (at: string) => dayText(at) };

/** Names of surveys, for sentences that name one. */
export const useWaveNames = (workspace: string): ReadonlyMap<string, string> => {
  const waves = useQuery(assessment.waves.queryOptions({ input: { workspace } }));
  return new Map(waves.data?.map(({ id, name }) => [id, name]));
};

/** "invited ada@example.com as admin": what an event says after its actor's name. */
export const sentenceOf = (event: AuditEvent, waves: ReadonlyMap<string, string>): string => {
  const found = auditSentence({ ...event, wave: waves.get(event.subjectId ?? '') ?? null }, words);
  return found ? say(found.key, found.values) : t('audit.unknown', { action: event.action });
};

const dayWord = (at: string, now: Date): string => {
  const day = dayText(at);
  if (day === dayText(now)) return t('audit.today');
  return day === dayText(new Date(now.getTime() - 86_400_000)) ? t('audit.yesterday') : day;
};

/** Events by day of the reader's zone, newest first. */
export const AuditList = ({ workspace, events, now }: { workspace: string; events: readonly AuditEvent[]; now: Date }) => {
  const waves = useWaveNames(workspace);
  const days = new Map<string, AuditEvent[]>();
  for (const event of events) days.set(dayText(event.at), [...(days.get(dayText(event.at)) ?? []), event]);
  return (
    <section aria-label={t('audit.list')}>
      {[...days].map(([day, of]) => (
        <div key={day}>
          <h2 className={css.day}><time>{dayWord(of[0]?.at ?? '', now)}</time></h2>
          {of.map((event) => (
            <div key={event.id} className={css.event}>
              <span className="meta"><When at={event.at} show="clock" /></span>
              <span><strong data-user-text>{event.actor}</strong> {sentenceOf(event, waves)}</span>
            </div>
          ))}
        </div>
      ))}
    </section>
  );
};
