/** The words every feature shares. Source: MB ch. 1 (functions by activity), ch. 5 (levels). */

/** A person's function follows what the person does, never a department's name. */
export const FUNCTIONS = ['sales', 'marketing', 'leadership'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** The two sides of the interface; leadership answers about both. */
export const SIDES = ['sales', 'marketing'] as const;
export type Side = (typeof SIDES)[number];

/** Place in the hierarchy, from the top; order matters, since neighbours merge. */
export const LEVELS = ['leader', 'manager', 'front_line'] as const;
export type Level = (typeof LEVELS)[number];

/** Root causes of a poor interface (MB ch. 3): what a diagnosis weighs and what a solution answers. */
export const CAUSES = ['subcultures', 'backgrounds', 'structure', 'joint_activity', 'systems'] as const;
export type Cause = (typeof CAUSES)[number];

/** Languages that respondents and reports speak. English is the one every text must have. */
export const LOCALES = ['en', 'de', 'nl', 'fr', 'es'] as const;
export type Locale = (typeof LOCALES)[number];

/** A text in the languages it exists in; readers fall back to English. */
export type Localized = { en: string } & Partial<Record<Locale, string>>;

/** Workspace roles, most powerful first. */
export const ROLES = ['owner', 'admin', 'facilitator', 'member', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** The text in the reader's language, else in English. */
export const inLocale = (text: Localized, locale: Locale): string => text[locale] ?? text.en;
