import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Answered } from '../../../ui/page';
import { dayText } from '../../../ui/when';
import { BalanceBars } from './balance-bars';
import { ByLabel } from './by-label';
import { improvementCalls } from './calls';
import css from './home.module.css';
import { t } from './home-text';

/** Home's panel: what is due this fortnight, the reader's own first, and the balance between the functions. `children`: what else comes up. */
export const WhatWeAgreed = ({ workspace, children }: { workspace: string; children?: ReactNode }) => {
  const agenda = useQuery(improvementCalls.agenda.queryOptions({ input: { workspace } }));
  return (
    <div className={css.home}>
      <Answered query={agenda} rows={3}>
        {({ problem, waiting, balance, overdue, soon, actions }) => (
          <>
            <p className={css.finding}>{!problem && actions.length === 0 ? t('home.none') : overdue + soon === 0 ? t('home.calm') : t('home.some', { count: soon, overdue })}</p>
            {problem && <p data-user-text>{t('home.problem', { title: problem.title })}</p>}
            {actions.length > 0 && (
              <ul>
                {actions.slice(0, 5).map((action) => (
                  <li key={action.id}><span><ByLabel by={action.by} /> <span data-user-text>{action.text}</span>{action.mine ? ` · ${t('actions.mine')}` : ''}</span><span className="meta">{action.dueOn ? dayText(`${action.dueOn}T12:00:00`) : ''}{action.due === 'overdue' ? ` · ${t('due.overdue')}` : ''}</span></li>
                ))}
              </ul>
            )}
            {problem && <BalanceBars balance={balance} />}
            {waiting > 0 && <p>{t('home.waiting', { count: waiting })}</p>}
          </>
        )}
      </Answered>
      {children}
      <div style={{ display: 'flex', gap: '4px 16px', flexWrap: 'wrap', marginTop: 'auto' }}>
        <Link to="/w/$workspace/improve/mine" params={{ workspace }}>{t('home.mine')}</Link>
        <Link to="/w/$workspace/improve" params={{ workspace }}>{t('home.open')}</Link>
        <Link to="/w/$workspace/improve/line" params={{ workspace }}>{t('home.line')}</Link>
      </div>
    </div>
  );
};

export { improvementCalls };
