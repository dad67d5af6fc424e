import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Answered, Page, Pending } from '../../../../ui/page';
import { huddleClient } from '../calls';
import css from '../huddle.module.css';
import { useLive } from '../live/use-live';
import { AwayBanner, Refused, Saved } from '../saved';
import { t } from '../text';
import { BeginTyping, Sheets } from '../type-in';

export const Route = createFileRoute('/w/$workspace/huddles/$huddle_/type-in')({ component: TypeIn });

function TypeIn() {
  const { workspace, huddle } = Route.useParams();
  const pass = useQuery({ queryKey: ['huddle-pass', huddle], queryFn: () => huddleClient.enter({ workspace, id: huddle, as: 'facilitator' }), staleTime: Infinity, retry: 1 });
  return <Answered query={pass} bare>{({ pass: mine }) => <Typing key={mine} workspace={workspace} huddle={huddle} pass={mine} again={() => void pass.refetch()} />}</Answered>;
}

const Typing = ({ workspace, huddle, pass, again }: { workspace: string; huddle: string; pass: string; again: () => void }) => {
  const session = useLive(pass);
  const [ending, setEnding] = useState(false);
  const { head } = session.view;
  const record = <Button component={Link} variant="default" to={`/w/${workspace}/huddles/${huddle}/record` as never}>{t('lead.record')}</Button>;
  if (head?.phase === 'finished') return <Page title={t('typing.ended', { name: head.name })} tab={t('typing.title')}><p>{t('typing.endedText')}</p><div>{record}</div></Page>;
  if (session.status === 'shut') return <Page title={t('shut.title')}><p>{t('shut.lead')}</p><Button style={{ alignSelf: 'flex-start' }} onClick={again}>{t('join.again')}</Button></Page>;
  if (!head) return <Page title={t('typing.title')}><AwayBanner session={session} /><Pending /></Page>;
  const end = () => { session.act({ kind: 'finish' }); setEnding(false); };
  return (
    <Page
      title={t('typing.of', { name: head.name })} tab={t('typing.title')} source={<>{t('typing.source')} · <Saved session={session} /></>}
      actions={<>{record}{head.typing && <><Button variant="default" onClick={() => session.act({ kind: 'typing', on: false, attended: head.attended })}>{t('typing.stop')}</Button><Button onClick={() => setEnding(true)}>{t('run.finish')}</Button></>}</>}
    >
      <AwayBanner session={session} />
      <Refused session={session} />
      {head.typing ? <Sheets session={session} head={head} workspace={workspace} huddle={huddle} /> : <BeginTyping session={session} head={head} />}
      <Modal opened={ending} onClose={() => setEnding(false)} title={t('typing.endAsk')} closeButtonProps={{ 'aria-label': t('close') }}>
        <div className={css.stack}><p>{t('typing.endText')}</p><div className={css.row}><Button disabled={session.waiting.length > 0} onClick={end}>{t('run.finish')}</Button><Button variant="default" onClick={() => setEnding(false)}>{t('typing.goOn')}</Button></div></div>
      </Modal>
    </Page>
  );
};
