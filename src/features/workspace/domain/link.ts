/** The secret an invitation's link carries behind its "#", which browsers send to no server. */
export const secretIn = (link: string): string => link.slice(link.indexOf('#') + 1);

/** Fills {names} into a text in one pass, so that a name that looks like a placeholder stays what it is. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
