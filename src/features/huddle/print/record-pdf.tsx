import { Document } from '@react-pdf/renderer';
import { missingOf } from '../domain/action-plan';
import type { HuddleRecord } from '../contract';
import { printable } from '../../../platform/pdf/fonts';
import { Heading, Line, Part, Quiet, Sheet } from './parts';
import { say, stepTitle } from './words';

type Note = HuddleRecord['steps'][number]['notes'][number];

const noteLine = ({ text, author, votes, top }: Note): string => [`${top ? '» ' : '· '}${text}`, author, votes > 0 ? say('record.votes', { count: votes }) : ''].filter(Boolean).join('  –  ');

const StepPart = ({ step }: { step: HuddleRecord['steps'][number] }) => {
  const parts = [...new Set(step.notes.map(({ channel, room }) => `${channel} ${room ?? ''}`))];
  return (
    <>
      <Part>{stepTitle(step)}</Part>
      {step.shown.map(({ tool, wave }) => <Quiet key={tool}>{say('record.shownTool', { tool, name: say(`tool.${tool as '1'}`), wave })}</Quiet>)}
      {step.teams > 0 && step.ready > 0 ? <Quiet>{say('record.ready', { ready: step.ready, teams: step.teams })}</Quiet> : null}
      {step.withheld > 0 ? <Quiet>{say('record.withheld', { count: step.withheld })}</Quiet> : null}
      {parts.flatMap((part) => {
        const [channel = '', room = ''] = part.split(' ');
        const heading = [say(`channel.${channel as 'link'}`), room === '' ? '' : say(`fn.${room as 'sales'}`)].filter(Boolean).join(', ');
        return [<Quiet key={part}>{heading}</Quiet>, ...step.notes.filter((note) => note.channel === channel && (note.room ?? '') === room).flatMap((note, at) => [<Line key={`${part}${at}`}>{noteLine(note)}</Line>, ...note.under.map(({ text }, place) => <Quiet key={`${part}${at} ${place}`}>{`     ${text}`}</Quiet>)])];
      })}
      {step.remarks.length > 0 ? <Quiet>{say('record.remarks')}</Quiet> : null}
      {step.remarks.map(({ id, text }) => <Line key={id}>{text}</Line>)}
    </>
  );
};

/** The record on paper: disconnects and actions first, then each step as it was opened to all. */
export const RecordPdf = ({ record }: { record: HuddleRecord }) => (
  <Document title={printable(record.name)} creator="Lockstep" producer="Lockstep" language="en">
    <Sheet>
      <Heading>{record.name}</Heading>
      <Quiet>{[say(`phase.${record.phase}`), say('wall.here', { count: record.joined }), record.rehearsal ? say('plan.rehearsal') : ''].filter(Boolean).join(' · ')}</Quiet>
      {record.remarks.map(({ id, text }) => <Line key={id}>{text}</Line>)}
      {record.disconnects.length > 0 ? <Part>{say('record.disconnects')}</Part> : null}
      {record.disconnects.map(({ id, text }, at) => <Line key={id}>{`${at + 1}. ${text}`}</Line>)}
      {record.actions.length > 0 ? <Part>{say('record.actions')}</Part> : null}
      {record.actions.flatMap((action) => {
        const missing = missingOf(action);
        const who = [action.owner, action.side ? say(`fn.${action.side}`) : '', action.dueOn ? say('actions.due', { day: action.dueOn }) : '', action.activities].filter(Boolean).join(' · ');
        return [<Line key={action.id}>{`· ${action.text}`}</Line>, <Quiet key={`${action.id} who`}>{[who, missing.length === 0 ? say('actions.whole') : say('actions.lacks', { what: missing.map((each) => say(`lack.${each}`)).join(', ') })].filter(Boolean).join('  –  ')}</Quiet>];
      })}
      {record.steps.filter(({ notes, withheld, remarks, shown }) => notes.length + withheld + remarks.length + shown.length > 0).map((step) => <StepPart key={step.id} step={step} />)}
    </Sheet>
  </Document>
);
