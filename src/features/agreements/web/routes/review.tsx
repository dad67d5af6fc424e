import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import data from '../../../../ui/data.module.css';
import { FunctionLabel } from '../../../../ui/function-mark';
import { say, sayFault } from '../../../../ui/notify';
import { Answered, Page } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { isPeriod, periodOf, shifted } from '../../domain/periods';
import css from '../agreements.module.css';
import { agreementsCalls, useReload, useRight, useStanding, type ReviewView } from '../calls';
import { ClockTable } from '../clocks-drawer';
import { Actions } from '../review-actions';
import { periodText, promiseText, rateText, sideText, t } from '../text';

type Search = { period?: string; /** What another page found, to decide on. */ note?: string };

/** A period begins and ends in the workspace's zone, wherever the reader is. */
const dayIn = (at: string | Date, timeZone: string | undefined): string => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', ...(timeZone ? { timeZone } : {}) }).format(new Date(at));

export const Route = createFileRoute('/w/$workspace/agreements/review')({
  validateSearch: (search): Search => ({
    ...(typeof search['period'] === 'string' && isPeriod(search['period']) ? { period: search['period'] } : {}),
    ...(typeof search['note'] === 'string' && search['note'].trim() !== '' ? { note: search['note'].slice(0, 400) } : {}),
  }),
  component: Review,
});

function Review() {
  const { workspace } = Route.useParams();
  const here = useStanding(workspace);
  const search = Route.useSearch();
  const period = search.period ?? periodOf(new Date(), here.data?.timeZone ?? 'UTC', 'quarter');
  const review = useQuery({ ...agreementsCalls.review.queryOptions({ input: { workspace, period } }), enabled: here.data !== undefined });
  const sum = (of: 'kept' | 'due') => review.data?.commitments.reduce((all, each) => all + each.attainment[of], 0) ?? 0;
  const go = (by: number) => <Button variant="default" component={Link} to={`/w/${workspace}/agreements/review?period=${shifted(period, by)}`}>{t(by < 0 ? 'review.before' : 'review.after')}</Button>;
  return (
    <Page
      title={t('review.title', { period: periodText(period), kept: sum('kept'), due: sum('due'), actions: review.data?.actions.length ?? 0 })}
      source={review.data && t('review.source', { from: dayIn(review.data.from, here.data?.timeZone), to: dayIn(new Date(Date.parse(review.data.to) - 1), here.data?.timeZone) })}
      actions={<>{go(-1)}{go(1)}<Button variant="default" onClick={() => window.print()}>{t('review.print')}</Button></>}
    >
      <Answered query={review}>{(found) => <Sections workspace={workspace} review={found} note={search.note} />}</Answered>
    </Page>
  );
}

const Sections = ({ workspace, review, note }: { workspace: string; review: ReviewView; note: string | undefined }) => {
  const maySee = useRight(workspace, 'clocks:read');
  const names = new Map(review.commitments.map((each) => [each.id, each.name]));
  return (
    <>
      <Day key={`${review.period}${review.heldOn ?? ''}`} workspace={workspace} review={review} />
      <Numbers review={review} />
      <section className={css.section} aria-labelledby="missed">
        <h2 id="missed">{t('review.missed', { count: review.missedTotal })}</h2>
        {!maySee && <p className="meta">{t('live.closed')}</p>}
        {review.missed.length > 0 && <ClockTable workspace={workspace} rows={review.missed} names={names} />}
        {review.missedTotal > review.missed.length && maySee && <p className="meta">{t('review.missed.more', { shown: review.missed.length, count: review.missedTotal })}</p>}
      </section>
      <section className={css.section} aria-labelledby="reasons">
        <h2 id="reasons">{t('review.reasons')}</h2>
        {review.reasons.length === 0 ? <p className="meta">{t('review.reasons.none')}</p> : <dl className={css.reasons}>{review.reasons.map((each) => <Reason key={each.reason} {...each} />)}</dl>}
      </section>
      <section className={css.section} aria-labelledby="proposals">
        <h2 id="proposals">{t('review.proposals')}</h2>
        {review.proposals.length === 0 ? <p className="meta">{t('review.proposals.none')}</p> : (
          <ul className={css.list}>
            {review.proposals.map((each) => (
              <li key={each.id}>
                <Link to={each.kind === 'term' ? '/w/$workspace/agreements/terms' : '/w/$workspace/agreements'} params={{ workspace }} data-user-text>{each.name}</Link>
                <span className="meta">{t(`review.proposal.${each.kind}`)} · {t('waiting.for', { sides: each.waitingFor.length === 2 ? t('waiting.both') : sideText(each.waitingFor[0] ?? 'sales').toLowerCase() })}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Actions workspace={workspace} period={review.period} actions={review.actions} note={note} />
    </>
  );
};

const Reason = ({ reason, n }: { reason: string; n: number }) => <><dt data-user-text={reason !== '' || undefined}>{reason || t('review.reasons.blank')}</dt><dd>{n}</dd></>;

const Day = ({ workspace, review }: { workspace: string; review: ReviewView }) => {
  const may = useRight(workspace, 'review:write');
  const reload = useReload();
  const set = useMutation(agreementsCalls.setReview.mutationOptions({ onSuccess: async () => { await reload(); say(t('review.added')); }, onError: sayFault }));
  if (!may) return review.heldOn ? <p style={{ margin: 0 }}>{t('review.day')}: {dayText(`${review.heldOn}T12:00:00`)}</p> : null;
  return <TextInput type="date" w={200} label={t('review.day')} defaultValue={review.heldOn ?? ''} onBlur={(event) => { const day = event.currentTarget.value; if (day !== (review.heldOn ?? '')) set.mutate({ workspace, period: review.period, heldOn: day || null }); }} />;
};

const Numbers = ({ review }: { review: ReviewView }) => (
  <section className={css.section} aria-labelledby="numbers">
    <h2 id="numbers">{t('review.numbers')}</h2>
    {review.commitments.length === 0 ? <p className="meta">{t('review.numbers.none')}</p> : (
      <div className={data.scroll}>
        <table className={data.table}>
          <thead><tr><th scope="col">{t('review.promise')}</th><th scope="col">{t('review.side')}</th><th scope="col">{t('review.kept')}</th><th scope="col" className={data.wide}>{t('review.range')}</th></tr></thead>
          <tbody>
            {review.commitments.map(({ id, name, commitment, attainment }) => (
              <tr key={id}>
                <td><span className={data.strong} data-user-text>{name}</span>{name !== promiseText(commitment) && <div className="meta">{promiseText(commitment)}</div>}</td>
                <td style={{ whiteSpace: 'nowrap' }}><FunctionLabel fn={commitment.owes} /></td>
                <td>{t('word.side', { kept: attainment.kept, due: attainment.due })}{attainment.notYetDue > 0 && <div className="meta">{t('card.open', { count: attainment.notYetDue, early: attainment.early })}</div>}</td>
                <td className={data.wide}>{attainment.rate ? rateText(attainment.rate) : <span className="meta">{t('card.small')}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
);
