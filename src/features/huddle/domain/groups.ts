type Grouped = { readonly id: string; readonly group: string | null };

/** The head of the group a note lies in. Groups that were put together lie under each other, so that they come apart again as they were. @param find by id; none for a note that is not in sight */
export const headOf = <N extends Grouped>(note: N, find: (id: string) => N | undefined): N => {
  const seen = new Set<string>();
  for (let at = note; ; ) {
    seen.add(at.id);
    const above = at.group === null || seen.has(at.group) ? undefined : find(at.group);
    if (!above) return at;
    at = above;
  }
};

/** Heads of groups, each with what lies under it, at whatever depth. Every note is in one of them; one whose head is not among them stands for itself. */
export const grouped = <N extends Grouped>(notes: readonly N[]): { head: N; under: N[] }[] => {
  const byId = new Map(notes.map((note) => [note.id, note]));
  const under = new Map<string, N[]>();
  for (const note of notes) {
    const head = headOf(note, (id) => byId.get(id));
    const here = under.get(head.id) ?? [];
    if (head.id !== note.id) here.push(note);
    under.set(head.id, here);
  }
  return notes.flatMap((head) => { const found = under.get(head.id); return found ? [{ head, under: found }] : []; });
};
