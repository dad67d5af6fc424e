/** Many things by uuid, changed one at a time: a change copies one small drawer instead of everything. */
export type Shelf<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

const drawerOf = (id: string): string => id.slice(-2);

export const emptyShelf = <T>(): Shelf<T> => ({});

export const taken = <T>(shelf: Shelf<T>, id: string): T | undefined => shelf[drawerOf(id)]?.[id];

export const put = <T>(shelf: Shelf<T>, id: string, thing: T): Shelf<T> => ({ ...shelf, [drawerOf(id)]: { ...shelf[drawerOf(id)], [id]: thing } });

export const everything = <T>(shelf: Shelf<T>): T[] => Object.values(shelf).flatMap((drawer) => Object.values(drawer));
