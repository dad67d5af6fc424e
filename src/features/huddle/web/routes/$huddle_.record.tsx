import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { Answered, Page } from '../../../../ui/page';
import { huddleCalls } from '../calls';
import { HandOver } from '../hand-over';
import { Amending, useAmend } from '../record-edit';
import { isBare, Told } from '../record-view';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/huddles/$huddle_/record')({ component: RecordPage });

const saveAs = (name: string, data: unknown): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

function RecordPage() {
  const { workspace, huddle } = Route.useParams();
  const record = useQuery(huddleCalls.record.queryOptions({ input: { workspace, id: huddle } }));
  const [editing, setEditing] = useState(false);
  const amend = useAmend(workspace, huddle);
  const found = record.data;
  const bare = found !== undefined && isBare(found);
  const file = (format: 'pdf' | 'pptx') => `/api/workspaces/${workspace}/huddles/${huddle}/record.${format}`;
  return (
    <Page
      title={!found ? t('record.tab') : bare ? t('record.none', { name: found.name }) : t('record.title', { name: found.name, disconnects: found.disconnects.length, actions: found.actions.length })} tab={t('record.tab')}
      source={found ? [t(`phase.${found.phase}`), t('wall.here', { count: found.joined }), found.rehearsal ? t('plan.rehearsal') : ''].filter(Boolean).join(' · ') : undefined}
      actions={found && !bare && <>{found.mayEdit && <Button variant={editing ? 'filled' : 'default'} onClick={() => setEditing(!editing)}>{t(editing ? 'record.done' : 'record.edit')}</Button>}<Button component="a" variant="default" href={file('pdf')}>{t('record.pdf')}</Button><Button component="a" variant="default" href={file('pptx')}>{t('record.slides')}</Button><Button variant="default" onClick={() => saveAs('huddle.json', found)}>{t('record.data')}</Button></>}
    >
      <Answered query={record}>{(data) => <Amending value={editing && data.mayEdit ? amend : null}>{editing && <p className="meta" style={{ margin: 0 }}>{t('record.editing')}</p>}{data.handedOver && <p className="meta" style={{ margin: 0 }}>{t('handOver.is')}</p>}{data.mayHandOver && data.disconnects.length > 0 && <HandOver workspace={workspace} record={data} />}<Told record={data} /></Amending>}</Answered>
    </Page>
  );
}
