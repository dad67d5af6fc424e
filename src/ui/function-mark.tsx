import type { FunctionName } from '../lib/vocabulary';
import messages from './messages.en.json';
import { texts } from './texts';

const t = texts(messages);

/** Shape and colour of a function; never the hue alone. */
export const FunctionShape = ({ fn, size = 10 }: { fn: FunctionName; size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 10 10" aria-hidden="true" style={{ flex: 'none', fill: `var(--${fn})` }}>
    {fn === 'sales' && <circle cx="5" cy="5" r="4.6" />}
    {fn === 'marketing' && <rect x="0.7" y="0.7" width="8.6" height="8.6" />}
    {fn === 'leadership' && <path d="M5 0 10 5 5 10 0 5Z" />}
  </svg>
);

export const FunctionLabel = ({ fn, children }: { fn: FunctionName; children?: React.ReactNode }) => (
  <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, color: `var(--${fn}-text)`, fontWeight: 500 }}>
    <FunctionShape fn={fn} />
    {children ?? t(fn)}
  </span>
);

export const functionName = (fn: FunctionName): string => t(fn);
