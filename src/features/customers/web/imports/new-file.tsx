import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { sendFile } from '../../../../browser/upload';
import css from '../../../../ui/data.module.css';
import { FaultLine } from '../../../../ui/page';
import { customersCalls, type Source } from '../calls';
import { t } from '../text';

const NEW = 'new';

/** Which system a file comes from, then the file; it is looked at before anything is put in. */
export const NewFile = ({ workspace, sources }: { workspace: string; sources: Source[] }) => {
  const [picked, setChosen] = useState<string | null>(null);
  const chosen = picked ?? sources[0]?.id ?? NEW;
  const source = sources.find((row) => row.id === chosen);
  return (
    <section className={css.section}>
      <h2 className="lead">{t('file.from')}</h2>
      {sources.length > 0 && (
        <Select
          w={320} maw="100%" aria-label={t('file.from')} allowDeselect={false} value={chosen} onChange={(value) => setChosen(value ?? NEW)}
          data={[...sources.map((row) => ({ value: row.id, label: t(`source.label.${row.side}`, { name: row.name }) })), { value: NEW, label: t('source.new') }]}
        />
      )}
      {source ? <Drop workspace={workspace} source={source} /> : <NewSource workspace={workspace} onMade={setChosen} />}
    </section>
  );
};

const NewSource = ({ workspace, onMade }: { workspace: string; onMade: (id: string) => void }) => {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [side, setSide] = useState<'sales' | 'marketing'>('marketing');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const make = useMutation(customersCalls.createSource.mutationOptions({
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: customersCalls.sources.key() });
      onMade(made.id);
    },
  }));
  return (
    <form className={css.section} style={{ maxWidth: 480 }} onSubmit={(event) => { event.preventDefault(); make.mutate({ workspace, name, side, timeZone: zone }); }}>
      <TextInput label={t('source.name')} description={t('source.name.hint')} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} required />
      <div>
        <div id="side-label" style={{ fontWeight: 500, marginBottom: 4 }}>{t('source.side')}</div>
        <SegmentedControl aria-labelledby="side-label" value={side} onChange={(value) => setSide(value === 'sales' ? 'sales' : 'marketing')} data={[{ value: 'marketing', label: t('side.marketing') }, { value: 'sales', label: t('side.sales') }]} />
      </div>
      <div className="meta">{t('source.zone', { zone })}</div>
      <FaultLine error={make.error} />
      <div><Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>{t('source.make')}</Button></div>
    </form>
  );
};

const Drop = ({ workspace, source }: { workspace: string; source: Source }) => {
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController | null>(null);
  const navigate = useNavigate();
  const send = useMutation({
    mutationFn: async (file: File) => {
      const id = crypto.randomUUID();
      stop.current = new AbortController();
      setSent(0);
      const query = new URLSearchParams({ id, source: source.id, name: file.name.slice(0, 255) });
      await sendFile(`/api/workspaces/${workspace}/imports?${query.toString()}`, file, setSent, stop.current.signal);
      return id;
    },
    onSuccess: (id) => void navigate({ to: '/w/$workspace/customers/imports/$import', params: { workspace, import: id } }),
  });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) send.mutate(file);
  };
  return (
    <>
      <div
        className={css.drop} data-over={over || undefined}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files); }}
      >
        <IconFileSpreadsheet size={32} stroke={1.25} aria-hidden />
        {send.isPending ? (
          <div role="status" style={{ width: 'min(320px, 100%)' }} className={css.section}>
            <span>{t('file.sending', { file: send.variables.name, percent: Math.round(sent * 100) })}</span>
            <div className={css.track}><div style={{ width: `${sent * 100}%` }} /></div>
            <Button variant="default" onClick={() => stop.current?.abort()}>{t('file.stop')}</Button>
          </div>
        ) : (
          <>
            <div className="lead">{t('file.drop', { source: source.name })}</div>
            <div className="meta">{t('file.drop.kinds')}</div>
            <Button onClick={() => input.current?.click()}>{t('file.choose')}</Button>
            <input ref={input} type="file" accept=".csv,.tsv,.txt,.xlsx,.xlsm" aria-label={t('file.choose')} className="visually-hidden" tabIndex={-1} onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ''; }} />
          </>
        )}
      </div>
      {!stop.current?.signal.aborted && <FaultLine error={send.error} />}
    </>
  );
};
