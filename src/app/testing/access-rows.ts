import type { Role } from '../../lib/vocabulary';
import type { TokenScope } from '../../lib/scopes';
import type { Company } from './two-companies';

export const OWNER: readonly Role[] = ['owner'];
export const ADMINS: readonly Role[] = [...OWNER, 'admin'];
export const RUNNERS: readonly Role[] = [...ADMINS, 'facilitator'];
export const MEMBERS: readonly Role[] = [...RUNNERS, 'member'];
export const ALL: readonly Role[] = [...MEMBERS, 'viewer'];
/** Of a workspace that has a facilitator and no linked heads: who sees results before they are published. */
export const FIRST: readonly Role[] = ['facilitator'];

export type Fields = Record<string, unknown>;
export type Given = (at: Company) => Fields | Promise<Fields>;

/**
 * One call inside a workspace: which roles pass the policy, which scope a token needs, an input that is valid (made anew for
 * everybody who may), the status they then meet, and the inputs that hold ids of the workspace's own things, with what
 * another company's id meets.
 */
export type InWorkspace = { may: readonly Role[]; scope: TokenScope; given: Given; then: number; foreign: Record<string, { id: keyof Company; meets: number }> };
/** A call outside any workspace: open to everybody, or to accounts; with the status of anonymous, of an account and of a token. */
export type Outside = { given: () => Fields; anonymous: number; account: number; token: number };

export const row = (may: readonly Role[], scope: TokenScope, given: Given = () => ({}), more: { then?: number; foreign?: Record<string, keyof Company | { id: keyof Company; meets: number }> } = {}): InWorkspace => ({
  may, scope, given, then: more.then ?? 200,
  foreign: Object.fromEntries(Object.entries(more.foreign ?? {}).map(([field, of]) => [field, typeof of === 'string' ? { id: of, meets: 404 } : of])),
});
