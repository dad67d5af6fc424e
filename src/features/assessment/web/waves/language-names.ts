import type { Locale } from '../../../../lib/vocabulary';

/** Each language by its own name. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', de: 'Deutsch', nl: 'Nederlands', fr: 'Français', es: 'Español' };
