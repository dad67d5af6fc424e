import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { say } from '../../../../ui/notify';
import { Answered, FaultLine, Page } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { readExceptions, readHours, writeExceptions, writeHours } from '../../domain/hours-text';
import css from '../agreements.module.css';
import { agreementsCalls, useReload, useRight, type CalendarView } from '../calls';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/agreements/hours')({ component: WorkingHours });

const DAYS = ['hours.day.0', 'hours.day.1', 'hours.day.2', 'hours.day.3', 'hours.day.4', 'hours.day.5', 'hours.day.6'] as const;

function WorkingHours() {
  const { workspace } = Route.useParams();
  const may = useRight(workspace, 'hours:set');
  const calendars = useQuery(agreementsCalls.calendars.queryOptions({ input: { workspace } }));
  const [adding, setAdding] = useState(false);
  return (
    <Page title={t('hours.title')} source={t('hours.source')} actions={may && <Button variant="default" disabled={adding} onClick={() => setAdding(true)}>{t('hours.add')}</Button>}>
      <Answered query={calendars}>
        {(rows) => (
          <>
            {rows.map((row) => <Calendar key={row.territory} workspace={workspace} row={row} may={may} />)}
            {adding && rows[0] && <Calendar workspace={workspace} row={{ ...rows[0], territory: '', changedAt: null }} may={may} fresh onSaved={() => setAdding(false)} />}
          </>
        )}
      </Answered>
    </Page>
  );
}

const Calendar = ({ workspace, row, may, fresh = false, onSaved }: { workspace: string; row: CalendarView; may: boolean; fresh?: boolean; onSaved?: () => void }) => {
  const [territory, setTerritory] = useState(row.territory);
  const [zone, setZone] = useState(row.calendar.zone);
  const [week, setWeek] = useState(row.calendar.week.map(writeHours));
  const [days, setDays] = useState(writeExceptions(row.calendar.exceptions));
  const reload = useReload();
  const save = useMutation(agreementsCalls.setCalendar.mutationOptions({ onSuccess: async () => { await reload(); say(t('hours.saved')); onSaved?.(); } }));
  const read = week.map(readHours);
  const { exceptions, bad } = readExceptions(days);
  const sound = read.every((hours) => hours !== null) && bad.length === 0;
  const heading = fresh ? 'new' : row.territory || 'everybody';
  const submit = () => save.mutate({ workspace, territory, calendar: { zone, week: read.map((hours) => hours ?? []), exceptions } });
  return (
    <section className={css.section} aria-labelledby={`hours-${heading}`}>
      <h2 id={`hours-${heading}`} data-user-text={row.territory !== '' || undefined}>{fresh ? t('hours.add') : row.territory || t('hours.everybody')} <span className="meta">{row.changedAt ? dayText(row.changedAt) : fresh ? '' : t('hours.usual')}</span></h2>
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <fieldset disabled={!may} className={css.section} style={{ border: 0, padding: 0, margin: 0 }}>
          {fresh && <TextInput maw={360} label={t('hours.territory')} value={territory} onChange={(event) => setTerritory(event.currentTarget.value)} maxLength={120} required />}
          <TextInput maw={360} label={t('hours.zone')} value={zone} onChange={(event) => setZone(event.currentTarget.value)} maxLength={64} required />
          <div role="group" aria-label={t('hours.week')}>
            <div className="meta" style={{ marginBottom: 8 }}>{t('hours.week.hint')}</div>
            {DAYS.map((day, at) => (
              <div key={day} className={css.week} style={{ marginBottom: 4 }}>
                <span aria-hidden="true">{t(day)}</span>
                <TextInput aria-label={t(day)} value={week[at] ?? ''} error={read[at] === null ? t('hours.bad', { text: week[at] ?? '' }) : undefined} onChange={(event) => { const { value } = event.currentTarget; setWeek((before) => before.map((each, index) => (index === at ? value : each))); }} />
              </div>
            ))}
          </div>
          <Textarea maw={560} label={t('hours.exceptions')} description={t('hours.exceptions.hint')} rows={6} value={days} onChange={(event) => setDays(event.currentTarget.value)} error={bad[0] ? t('hours.bad', { text: bad[0] }) : undefined} />
          <FaultLine error={save.error} />
          {may && <div><Button type="submit" disabled={!sound || (fresh && territory.trim() === '')} loading={save.isPending}>{t('hours.save')}</Button></div>}
        </fieldset>
      </form>
    </section>
  );
};
