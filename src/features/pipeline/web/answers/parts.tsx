import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { FunctionLabel } from '../../../../ui/function-mark';
import { EmptyState, Page } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { BringIn } from '../bring-in';
import css from './answers.module.css';
import type { Dated, Overview } from './calls';
import { groupText, sideOf, t } from './text';

/** "clear", "early", "cannot say", with what the word means on hover. */
export const Word = ({ word }: { word: 'clear' | 'early' | 'cannot_say' | 'locked' }) => (
  <span className={css.word} data-word={word} title={word === 'locked' ? undefined : t(`confidence.about.${word}`)}>{t(`confidence.${word}`)}</span>
);

/** When an answer was worked out, and whether a newer one is on its way. */
export const AsOf = ({ computedAt, pending }: Dated) => (
  <span role="status">
    {computedAt ? <>{t('asOf', { when: '' })}<When at={computedAt} show="both" /></> : t('asOf.never')}
    {pending && ` · ${computedAt ? t('pending') : t('pending.first')}`}
  </span>
);

/** Where the first lead is still to come. */
export const NoLeads = ({ workspace }: { workspace: string }) => <EmptyState title={t('empty.title')} action={<BringIn workspace={workspace} label={t('empty.action')} />}>{t('empty.text')}</EmptyState>;

/** The page of an answer in a workspace without a lead: the question, and what would answer it. */
export const AnswerWaits = ({ workspace, question }: { workspace: string; question: string }) => (
  <Page title={question}>
    <div><Link to="/w/$workspace/pipeline/answers" params={{ workspace }}>{t('back')}</Link></div>
    <NoLeads workspace={workspace} />
  </Page>
);

/** A page of one answer: its title is the answer, its source line says how old it is and what it rests on; `dated` null: it was counted for a past day. */
export const AnswerPage = ({ workspace, title, tab, dated, basis, word, children }: { workspace: string; title: string; tab: string; dated: Dated | null; basis?: string; word?: 'clear' | 'early' | 'cannot_say'; children: ReactNode }) => (
  <Page title={title} tab={tab} source={dated && <><AsOf {...dated} />{basis ? ` · ${basis}` : ''}</>} actions={<>{word && <Word word={word} />}{dated?.computedAt && <Button variant="default" component={Link} to={`/w/${workspace}/agreements/review`} search={{ note: title } as never}>{t('useInReview')}</Button>}</>}>
    <div><Link to="/w/$workspace/pipeline/answers" params={{ workspace }}>{t('back')}</Link></div>
    {children}
  </Page>
);

/** A group's name, with its function's shape where it is one. */
export const GroupName = ({ value }: { value: string }) => {
  const side = sideOf(value);
  return side ? <span className={css.whole}><FunctionLabel fn={side} /></span> : <span data-user-text>{groupText(value)}</span>;
};

/** How a page's figures are made, with the names of the methods; closed until somebody asks. */
export const Method = ({ of }: { of: 'funnel' | 'usefulness' | 'slow' | 'dropout' | 'marks' | 'attribution' }) => (
  <details className={css.method}>
    <summary>{t('method')}</summary>
    <p>{t(`method.${of}`)}</p>
  </details>
);

const place = (value: number, most: number): string => `${Math.min(100, Math.max(0, (100 * value) / most)).toFixed(2)}%`;

/** A share as a bar with its interval; all bars of a table have the same scale. */
export const Bar = ({ value, interval, most, side }: { value: number; interval: readonly [number, number] | null; most: number; side?: 'sales' | 'marketing' | null }) => (
  <div className={css.track} aria-hidden="true">
    <div className={css.fill} data-side={side ?? undefined} style={{ width: place(value, most) }} />
    {interval && <div className={css.whisker} style={{ left: place(interval[0], most), width: place(interval[1] - interval[0], most) }} />}
  </div>
);

/** What the places on a ratio's axis mean: as much less, the same, as much more. */
export const RatioAxis = ({ most }: { most: number }) => {
  const ticks = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8].filter((ratio) => ratio === 1 || (Math.abs(Math.log(ratio)) <= 0.9 * Math.log(most) && (most < 4.5 || Math.abs(Math.log2(ratio)) !== 1)));
  return <div className={css.ticks}>{ticks.map((ratio) => <span key={ratio} style={{ left: `${50 + (50 * Math.log(ratio)) / Math.log(most)}%` }}>{ratio < 1 ? `1/${1 / ratio}` : ratio}</span>)}</div>;
};

/** A ratio on a logarithmic axis around one. */
export const Ratio = ({ value, interval, most }: { value: number; interval: readonly [number, number]; most: number }) => {
  const at = (ratio: number): number => 50 + (50 * Math.log(Math.min(most, Math.max(1 / most, ratio)))) / Math.log(most);
  return (
    <div className={css.track} aria-hidden="true">
      <div className={css.zero} style={{ left: '50%' }} />
      <div className={css.whisker} style={{ left: `${at(interval[0])}%`, width: `${at(interval[1]) - at(interval[0])}%` }} />
      <div className={css.point} style={{ left: `${at(value)}%` }} />
    </div>
  );
};

/** A figure that opens the leads behind it. */
export const Opener = ({ label, onOpen, children, does = t('open', { figure: label }) }: { label: string; onOpen: () => void; children: ReactNode; /** What the button does, when it opens no leads. */ does?: string }) => (
  <button type="button" className={css.opener} onClick={onOpen}>{children}<span className="visually-hidden"> {does}</span></button>
);

/** The small chart beside an answer. */
export const Mini = ({ bars }: { bars: Overview['answers'][number]['mini'] }) => {
  const most = Math.max(...bars.map(({ value, high }) => Math.max(value, high ?? 0)), 1e-9);
  return (
    <div className={css.mini} aria-hidden="true">
      {bars.map(({ label, side, value, low, high }) => (
        <div key={label} className={css.miniRow}><span data-user-text>{groupText(label)}</span><Bar value={value} interval={low === null ? null : [low, high ?? most]} most={most} side={side} /></div>
      ))}
    </div>
  );
};
