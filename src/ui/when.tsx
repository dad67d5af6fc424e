const SHORT: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

/** A day in the reader's zone, month in letters so that nobody reads it the other way round. */
export const dayText = (at: string | Date): string => new Intl.DateTimeFormat('en-GB', SHORT).format(new Date(at));
export const clockText = (at: string | Date): string => new Intl.DateTimeFormat('en-GB', CLOCK).format(new Date(at));
const exact = (at: string): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' }).format(new Date(at));

/** An instant in the reader's zone; the exact one, with its zone, on hover. */
export const When = ({ at, show = 'day' }: { at: string; show?: 'day' | 'clock' | 'both' }) => (
  <time dateTime={at} title={exact(at)} style={{ whiteSpace: 'nowrap' }}>
    {show === 'day' ? dayText(at) : show === 'clock' ? clockText(at) : `${dayText(at)}, ${clockText(at)}`}
  </time>
);
