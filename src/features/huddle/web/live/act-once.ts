import type { Outcome, SentOperation } from '../../live-contract';
import { newId } from './new-id';

/** One operation by a pass, without listening to the Huddle. @returns the reason when it was refused; null once it is saved */
export const actOnce = async (pass: string, operation: SentOperation): Promise<string | null> => {
  const response = await fetch('/api/huddle/operations', { method: 'POST', headers: { authorization: `Bearer ${pass}`, 'content-type': 'application/json' }, body: JSON.stringify({ operations: [{ id: newId(), operation }] }) });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  const { saved } = (await response.json()) as { saved: Outcome[] };
  const [outcome] = saved;
  return outcome && !outcome.saved ? outcome.refusal : null;
};
