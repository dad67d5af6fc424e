import { Document } from '@react-pdf/renderer';
import { RULE, schedule, type Step } from '../domain/agenda';
import type { ShownTool } from '../domain/operation';
import { printable } from '../../../platform/pdf/fonts';
import { Blank, Heading, Line, Part, Quiet, Sheet, Tick } from './parts';
import { say, stepTitle } from './words';

/** What a room without a network needs. `from`: minutes after midnight at which a day begins. `results`: what may be shown to all of it. */
export type Paper = { name: string; steps: Step[]; from: number; results: ShownTool[] };

const TOOLS = ['4', '5', '6', '1', '2', '3', '7', '8'] as const;
const ACTIONS_A_PAGE = 3;
const two = (count: number): string => String(count).padStart(2, '0');

const Agenda = ({ name, steps, from }: Paper) => {
  const places = schedule(steps);
  return (
    <Sheet>
      <Heading>{name}</Heading>
      {steps.map((step, at) => {
        const minute = from + (places[at]?.from ?? 0);
        return <Line key={step.id}>{`${(places[at]?.day ?? 1) > 1 ? `${say('agenda.day', { day: places[at]?.day ?? 1 })} ` : ''}${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}   ${stepTitle(step)}   ${say('time.minutes', { minutes: step.minutes })}`}</Line>;
      })}
    </Sheet>
  );
};

const LINES = 6;

/** A step's form: what it is about, its questions, room to write. */
const StepForm = ({ step }: { step: Step }) => (
  <Sheet>
    <Heading>{stepTitle(step)}</Heading>
    <Line>{say(`guide.${step.kind}`)}</Line>
    <Part>{say(`prompt.${step.kind}`)}</Part>
    <Quiet>{say('paper.open')}</Quiet>
    <Blank lines={1} label={say('paper.team')} />
    {RULE[step.kind].channels.map((channel) => <Blank key={channel} lines={LINES} label={say(`channel.${channel}`)} />)}
    {step.kind === 'disconnects' ? <Blank lines={3} label={say('paper.three')} /> : null}
  </Sheet>
);

type Section = ShownTool['sections'][number];

/** A section's figures by function, and how far apart the two are. */
const figuresIn = ({ groups, verdict, difference }: Section): string =>
  [...groups.map(({ function: of, mean, n }) => (mean === null ? say('paper.hidden', { of: say(`fn.${of}`) }) : say('paper.said', { of: say(`fn.${of}`), mean: mean.toFixed(1), n }))), ...(verdict && difference !== null ? [say(`gap.${verdict}`, { difference: Math.abs(difference).toFixed(1) })] : [])].join(' · ');

/** What the survey said, in the order in which the steps look at it, with room for what the group says to it. */
const ResultSheet = ({ results }: Pick<Paper, 'results'>) => {
  const survey = results[0]?.wave;
  return (
    <Sheet>
      <Heading>{say('paper.results')}</Heading>
      <Quiet>{survey === undefined ? say('paper.resultsNone') : say('paper.resultsText', { survey })}</Quiet>
      {TOOLS.map((tool) => {
        const sections = results.find((each) => each.tool === tool)?.sections ?? [];
        return [
          <Part key={`${tool} h`}>{say('shown.tool', { tool, name: say(`tool.${tool}`) })}</Part>,
          ...sections.map((section) => <Line key={section.id}>{`${sections.length > 1 ? `${say('shown.section', { id: section.id })}: ` : ''}${figuresIn(section)}`}</Line>),
          <Blank key={`${tool} w`} lines={1} />,
        ];
      })}
    </Sheet>
  );
};

const ActionForm = () => (
  <Sheet>
    <Heading>{say('record.actions')}</Heading>
    {Array.from({ length: ACTIONS_A_PAGE }, (_, at) => [
      <Blank key={`${at} d`} lines={1} label={say('channel.disconnect')} />, <Blank key={`${at} t`} lines={2} label={say('actions.text')} />, <Blank key={`${at} o`} lines={1} label={`${say('actions.owner')}, ${say('actions.dueOn').toLowerCase()}`} />,
      ...(['easy', 'visible', 'direct'] as const).map((each) => <Tick key={`${at} ${each}`}>{say(`criterion.${each}`)}</Tick>),
    ])}
  </Sheet>
);

/** Agenda, a form for every step that writes, a sheet for results, forms for actions. */
export const PaperPdf = ({ paper }: { paper: Paper }) => (
  <Document title={printable(paper.name)} creator="Lockstep" producer="Lockstep" language="en">
    <Agenda {...paper} />
    {paper.steps.filter(({ kind }) => RULE[kind].channels.length > 0).map((step) => <StepForm key={step.id} step={step} />)}
    <ResultSheet results={paper.results} />
    <ActionForm />
  </Document>
);
