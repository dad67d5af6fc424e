import type { FunctionName } from '../vocabulary';

/** Where a drawing is seen. `print` is the light theme on white paper, with lines a printer keeps. */
export type ThemeName = 'light' | 'dark' | 'print';

/** Each function is told by shape and word as well, so that hue never works alone. */
export type SymbolShape = 'circle' | 'square' | 'diamond';

export type FunctionTokens = { mark: string; text: string; tint: string; shape: SymbolShape };

export type BandTone = 'low' | 'middle' | 'high';

export type Theme = {
  name: ThemeName;
  ground: string;
  surface: string;
  ink: string;
  ink2: string;
  ink3: string;
  /** Borders and neutral bars: at least 3:1 on ground. */
  mark: string;
  /** Decoration only. */
  hairline: string;
  functions: Record<FunctionName, FunctionTokens>;
  bands: Record<BandTone, { fill: string; text: string }>;
};

const light: Theme = {
  name: 'light',
  ground: '#FFFFFF',
  surface: '#F6F6F4',
  ink: '#16181D',
  ink2: '#454B55',
  ink3: '#626975',
  mark: '#868D98',
  hairline: '#E4E6E9',
  functions: {
    sales: { mark: '#1A55C8', text: '#1747A8', tint: '#E6EDFB', shape: 'circle' },
    marketing: { mark: '#D56A10', text: '#9A4600', tint: '#FBEBDD', shape: 'square' },
    leadership: { mark: '#521A45', text: '#521A45', tint: '#F1E7EE', shape: 'diamond' },
  },
  bands: {
    low: { fill: '#565D68', text: '#FFFFFF' },
    middle: { fill: '#C3C8D0', text: '#16181D' },
    high: { fill: '#EEF0F2', text: '#16181D' },
  },
};

const dark: Theme = {
  name: 'dark',
  ground: '#17191D',
  surface: '#1F2227',
  ink: '#F2F3F5',
  ink2: '#C3C8D0',
  ink3: '#9AA1AD',
  mark: '#727985',
  hairline: '#2A2E34',
  functions: {
    sales: { mark: '#5088F2', text: '#8FB4FA', tint: '#1B2A47', shape: 'circle' },
    marketing: { mark: '#FF9A52', text: '#FFB380', tint: '#3E2614', shape: 'square' },
    leadership: { mark: '#EBD3EE', text: '#EBD3EE', tint: '#3A2838', shape: 'diamond' },
  },
  bands: {
    low: { fill: '#C3C8D0', text: '#16181D' },
    middle: { fill: '#5F6672', text: '#FFFFFF' },
    high: { fill: '#2A2E34', text: '#F2F3F5' },
  },
};

export const themes: Record<ThemeName, Theme> = {
  light,
  dark,
  print: { ...light, name: 'print', hairline: '#D3D6DA' },
};

/** The font of every drawing; the second name is what a machine without Inter shows. */
export const FONT = 'Inter, Arial, sans-serif';

/** Sizes in pixels (design tokens `meta` and `table`). */
export const SIZE = { meta: 12, table: 13, lead: 16 } as const;
