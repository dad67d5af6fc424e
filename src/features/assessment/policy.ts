import type { Role, Side } from '../../lib/vocabulary';

export type Me = { role: Role; headOf: Side | null };

export type AssessmentAction = 'wave:list' | 'wave:manage' | 'wave:progress' | 'instrument:load';

const MANAGERS: readonly Role[] = ['owner', 'admin', 'facilitator'];

/** Setting up, launching and handing out links is facilitators' work, and that of those who run the workspace. */
export const can = (me: Me, action: AssessmentAction): boolean => {
  switch (action) {
    case 'wave:list':
      return true;
    case 'wave:progress':
      return MANAGERS.includes(me.role) || me.headOf !== null;
    case 'wave:manage':
    case 'instrument:load':
      return MANAGERS.includes(me.role);
  }
};

/** Both heads and the facilitators: they see closed results at the same instant, before anybody else. */
export const seesFirst = (me: Me): boolean => me.headOf !== null || me.role === 'facilitator';

/** Nobody sees a score before closing; then those who see first, and everybody else once results are published. */
export const canSeeResults = (me: Me, wave: { state: string; publishedAt: unknown }): boolean =>
  wave.state === 'closed' && (seesFirst(me) || wave.publishedAt !== null);

/**
 * Publishing and sharing outward is for those who see first. Where a workspace has neither heads nor a facilitator,
 * its owners and admins may, or results would stay locked for good.
 */
export const canPublish = (me: Me, wave: { state: string }, somebodySeesFirst: boolean): boolean =>
  wave.state === 'closed' && (seesFirst(me) || (!somebodySeesFirst && (me.role === 'owner' || me.role === 'admin')));
