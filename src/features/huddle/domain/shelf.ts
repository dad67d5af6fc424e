type Drawer<T> = Readonly<Record<string, T>>;
/** Many things by uuid, changed one at a time: a change copies one small drawer and the two short rows above it instead of everything. Rows of sixteen: one of 256 made a log take ten times as long to fold. */
export type Shelf<T> = Readonly<Record<string, Readonly<Record<string, Drawer<T>>>>>;

const rowOf = (id: string): string => id.slice(-1);
const drawerOf = (id: string): string => id.slice(-2, -1);

export const emptyShelf = <T>(): Shelf<T> => ({});

export const taken = <T>(shelf: Shelf<T>, id: string): T | undefined => shelf[rowOf(id)]?.[drawerOf(id)]?.[id];

export const put = <T>(shelf: Shelf<T>, id: string, thing: T): Shelf<T> => {
  const [row, drawer] = [rowOf(id), drawerOf(id)];
  const before = shelf[row];
  return { ...shelf, [row]: { ...before, [drawer]: { ...before?.[drawer], [id]: thing } } };
};

export const everything = <T>(shelf: Shelf<T>): T[] => {
  const all: T[] = [];
  for (const row of Object.values(shelf)) for (const drawer of Object.values(row)) all.push(...Object.values(drawer));
  return all;
};
