const oneDecimal = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** "3.1": every figure carries one decimal; a true minus sign, never a hyphen. */
export const figure = (value: number): string => oneDecimal.format(value).replace('-', '−');
/** "+0.3" or "−0.3". */
export const change = (value: number): string => signed.format(value).replace('-', '−');
/** "41%". */
export const share = (value: number): string => percent.format(value);
/** "12 October 2026", in the reader's time zone. */
export const day = (instant: string): string => date.format(new Date(instant));
