import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { OurWord } from '../../features/agreements/web/public';
import { can as canInAssessment, canSeeResults } from '../../features/assessment/policy';
import { assessmentCalls } from '../../features/assessment/web/calls';
import { can as canWithPeople } from '../../features/people/policy';
import { peopleCalls } from '../../features/people/web/public';
import { can } from '../../features/workspace/policy';
import { WhatWeAgreed } from '../../features/improvement/web/public';
import { useHere, type Here } from '../../features/workspace/web/here';
import { Answered, Page, Pending } from '../../ui/page';
import { Changes } from '../web/home/changes';
import css from '../web/home/home.module.css';
import { nextStep, type HomeWave } from '../web/home/next-step';
import { NextHuddle } from '../web/home/next-huddle';
import { NextStepLine } from '../web/home/next-step-line';
import { TheNumber } from '../web/home/the-number';
import { PeopleHere } from '../web/home/people';
import { Relationship } from '../web/home/relationship';
import { Surveys } from '../web/home/surveys';
import { resultsRead } from '../web/seen-results';
import { t } from '../web/text';

export const Route = createFileRoute('/w/$workspace/')({ component: Home });

function Home() {
  const { workspace } = Route.useParams();
  const here = useHere(workspace);
  return <Page title={here.data ? t('home.title.of', { workspace: here.data.name }) : t('home.title')}><Answered query={here}>{(data) => <Overview here={data} />}</Answered></Page>;
}

const Overview = ({ here }: { here: Here }) => {
  const { id: workspace, me } = here;
  const seesPeople = canWithPeople(me, 'people:read');
  const waves = useQuery(assessmentCalls.waves.queryOptions({ input: { workspace } }));
  const facets = useQuery({ ...peopleCalls.facets.queryOptions({ input: { workspace } }), enabled: seesPeople });
  if (seesPeople && facets.isPending) return <Pending rows={6} />;
  const may = { editPeople: canWithPeople(me, 'people:edit'), manageWaves: canInAssessment(me, 'wave:manage'), seeProgress: canInAssessment(me, 'wave:progress') };
  return (
    <Answered query={waves} rows={6}>
      {(rows) => {
        const list = rows.map((row): HomeWave => ({ id: row.id, name: row.name, state: row.state, closesAt: row.closesAt, nextProposedFor: row.nextProposedFor, readable: canSeeResults(me, row), read: resultsRead(row.id) }));
        const people = facets.data ? { total: facets.data.total, withoutFunction: facets.data.functions.none } : null;
        const closed = list.find((wave) => wave.state === 'closed' && wave.readable) ?? list.find((wave) => wave.state === 'closed');
        return (
          <>
            <NextStepLine workspace={workspace} step={nextStep({ people, waves: list, may, now: new Date().toISOString() })} />
            <div className={css.panels}>
              <Relationship workspace={workspace} closed={closed} underWay={list.some((wave) => wave.state === 'open' || wave.state === 'closing')} />
              <section className={`panel ${css.panel}`} aria-labelledby="our-word"><h2 id="our-word">{t('home.word')}</h2><OurWord workspace={workspace} leftSide={here.leftSide} /></section>
              {seesPeople && <section className={`panel ${css.panel}`} aria-labelledby="we-agreed"><h2 id="we-agreed">{t('home.agreed')}</h2><WhatWeAgreed workspace={workspace}><NextHuddle workspace={workspace} /></WhatWeAgreed></section>}
              <TheNumber workspace={workspace} />
              <Surveys workspace={workspace} waves={list} seeProgress={may.seeProgress} />
              {facets.data && <PeopleHere workspace={workspace} facets={facets.data} leftSide={here.leftSide} editor={may.editPeople} />}
            </div>
            {can(me, 'audit:read') && <Changes workspace={workspace} myName={me.name} />}
          </>
        );
      }}
    </Answered>
  );
};
