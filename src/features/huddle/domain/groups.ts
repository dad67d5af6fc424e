/** Heads of groups, each with what lies under it. A note whose head is not among them stands for itself. */
export const grouped = <N extends { id: string; group: string | null }>(notes: readonly N[]): { head: N; under: N[] }[] => {
  const here = new Set(notes.map(({ id }) => id));
  return notes.filter(({ id, group }) => group === null || group === id || !here.has(group)).map((head) => ({ head, under: notes.filter(({ id, group }) => group === head.id && id !== head.id) }));
};
