import { Button, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import messages from './messages.en.json';
import css from './page.module.css';
import { texts } from './texts';
import { dayText } from './when';

const t = texts(messages);

/** A day as an address holds it; what is none is left out. */
export const readDay = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/u.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);

/** The past day that the address asks for, and how to ask for another; a figure that is open belongs to the day before and is closed. */
export const useAsOf = (): [day: string | undefined, ask: (day: string | undefined) => void] => {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  return [readDay(search['asOf']), (asOf) => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, figure: undefined, asOf }), replace: true } as never)];
};

const today = (): string => new Intl.DateTimeFormat('sv-SE').format(new Date());

/** Asks for a day that is over; empty, or today, is now. */
export const AsOfField = ({ day, onChange, className }: { day: string | undefined; onChange: (day: string | undefined) => void; className?: string | undefined }) => (
  <TextInput type="date" className={className ?? css.day} label={t('asOf')} value={day ?? ''} max={today()} onChange={({ currentTarget: { value } }) => value <= today() && onChange(value || undefined)} />
);

/** Says that a page shows a past day and what of it is as known today, and leads back to today. */
export const PastDay = ({ day, onBack, children }: { day: string; onBack: () => void; children: ReactNode }) => (
  <div className={`panel ${css.past}`} role="status">
    <p><strong>{t('asOf.day', { day: pastDayText(day) })}</strong> {children}</p>
    <Button className="no-print" variant="default" onClick={onBack}>{t('asOf.back')}</Button>
  </div>
);

/** The day of an address, worded. */
export const pastDayText = (day: string): string => dayText(`${day}T12:00:00`);
