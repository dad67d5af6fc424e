import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import css from '../../../../ui/data.module.css';
import { FunctionLabel } from '../../../../ui/function-mark';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { RECORD_KINDS, type RecordKind } from '../../domain/fields';
import { customersCalls, type RecordView } from '../calls';
import { OptedOut } from '../opted-out';
import { countText, t } from '../text';
import { useRight } from '../use-right';

export const Route = createFileRoute('/w/$workspace/customers/')({ component: Records });

const ALL = 'all';

function Records() {
  const { workspace } = Route.useParams();
  const mayImport = useRight(workspace, 'records:import');
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<RecordKind | typeof ALL>(ALL);
  const [source, setSource] = useState<string>(ALL);
  const [search] = useDebouncedValue(typed.trim(), 200);
  const sources = useQuery(customersCalls.sources.queryOptions({ input: { workspace } }));
  const records = useQuery({
    ...customersCalls.records.queryOptions({ input: { workspace, limit: 200, ...(search ? { search } : {}), ...(kind === ALL ? {} : { kind }), ...(source === ALL ? {} : { source }) } }),
    placeholderData: keepPreviousData,
  });
  const filtered = search !== '' || kind !== ALL || source !== ALL;
  const nothing = !filtered && records.data?.total === 0;
  const importButton = mayImport ? <Button component={Link} to={`/w/${workspace}/customers/imports`}>{t('records.import')}</Button> : undefined;
  return (
    <Page title={records.data ? t('records.title', { count: countText(records.data.total), systems: sources.data?.length ?? 0 }) : t('records.name')} tab={t('records.name')} source={t('records.source')} actions={nothing ? undefined : importButton}>
      {!nothing && <div className={css.filters}>
        <TextInput aria-label={t('records.search')} placeholder={t('records.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Select aria-label={t('records.kind')} allowDeselect={false} value={kind} onChange={(value) => setKind((value ?? ALL) as RecordKind)} data={[{ value: ALL, label: t('records.kinds') }, ...RECORD_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))]} />
        <Select aria-label={t('records.system')} allowDeselect={false} value={source} onChange={(value) => setSource(value ?? ALL)} data={[{ value: ALL, label: t('records.systems') }, ...(sources.data ?? []).map((row) => ({ value: row.id, label: row.name }))]} />
      </div>}
      <Answered query={records} rows={8}>
        {(data) =>
          data.total === 0 ? (
            <EmptyState title={t(filtered ? 'records.none' : 'records.empty')} action={filtered ? undefined : importButton}>{t(filtered ? 'records.none.text' : 'records.empty.text')}</EmptyState>
          ) : (
            <>
              <Table workspace={workspace} rows={data.rows} />
              {data.total > data.rows.length && <div className="meta">{t('records.cut', { shown: data.rows.length, total: countText(data.total) })}</div>}
            </>
          )
        }
      </Answered>
    </Page>
  );
}

const Table = ({ workspace, rows }: { workspace: string; rows: RecordView[] }) => (
  <div className={css.scroll}>
    <table className={css.table}>
      <thead><tr><th scope="col">{t('records.who')}</th><th scope="col">{t('records.says')}</th><th scope="col" className={css.wide}>{t('records.company')}</th><th scope="col" className={css.wide}>{t('records.status')}</th><th scope="col" className={css.wide}>{t('records.entered')}</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td><div className={css.strong}>{row.kind === 'deal' ? (row.name ?? row.key) : <Link to="/w/$workspace/customers/$party" params={{ workspace, party: row.party }}>{row.name ?? row.email ?? row.key}</Link>}</div>{row.name && row.email && <div className="meta">{row.email}</div>}{row.foundIn && <div className="meta">{t('rows.value', { field: row.foundIn.field, value: row.foundIn.value })}</div>}{row.optedOut && <div><OptedOut /></div>}</td>
            <td><FunctionLabel fn={row.side} /><div className="meta">{row.sourceName} · {t(`kind.${row.kind}`)}</div></td>
            <td className={css.wide}>{row.company ?? '–'}</td>
            <td className={css.wide}>{row.status ?? '–'}{row.channel && <div className="meta">{row.channel}</div>}</td>
            <td className={css.wide}>{row.enteredAt ? <When at={row.enteredAt} /> : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
