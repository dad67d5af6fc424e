import { View } from '@react-pdf/renderer';
import { sectionFinding, statementsFinding } from '../findings';
import { gapSentences, readingsOf } from '../prose';
import type { ReportContext } from '../request';
import { entriesOf, nameOf, partGroups, type Entry } from '../sections';
import { DrawingOnPaper } from './drawing';
import { Body, DRAWING_PX, FunctionLine, Heading, Lead, Meta, Muted, Sheet, TEXT_WIDTH, Title } from './parts';

const Readings = ({ entry, context }: { entry: Entry; context: ReportContext }) => (
  <View>
    {readingsOf(entry, context.results, context.texts).map((line) => (
      <FunctionLine key={line.name} name={line.name} label={line.label}>{line.text}</FunctionLine>
    ))}
    {gapSentences(entry, context.results, context.texts).length > 0 ? <Body>{gapSentences(entry, context.results, context.texts).join(' ')}</Body> : null}
  </View>
);

const Statements = ({ entry, context }: { entry: Entry; context: ReportContext }) => {
  const drawing = context.chart({ chart: 'statements', section: entry.section.id, width: DRAWING_PX });
  return drawing ? (
    <View wrap={false}>
      <Heading>{statementsFinding(entry, context.texts)}</Heading>
      <DrawingOnPaper chart={drawing} width={TEXT_WIDTH} />
    </View>
  ) : null;
};

/** A page holds about so many statements with their bars. */
const SPREADS_A_PAGE = 10;

/** How the answers spread, from the number of answers the gate asks for; nothing where no function has them. */
const Spreads = ({ entry, context }: { entry: Entry; context: ReportContext }) => {
  const count = entry.result.statements.length;
  const parts = Array.from({ length: Math.ceil(count / SPREADS_A_PAGE) }, (_, i) =>
    context.chart({ chart: 'spreads', section: entry.section.id, rows: { from: i * SPREADS_A_PAGE, to: (i + 1) * SPREADS_A_PAGE }, width: DRAWING_PX }));
  return parts.map((drawing, i) => drawing ? (
    <View key={i} wrap={false}>
      {i === 0 ? <Heading>{context.texts.t('heading.distribution')}</Heading> : null}
      <DrawingOnPaper chart={drawing} width={TEXT_WIDTH} />
    </View>
  ) : null);
};

const Groups = ({ entry, context }: { entry: Entry; context: ReportContext }) => {
  if (partGroups(entry, context.results).length === 0) return null;
  const drawing = context.chart({ chart: 'heat', section: entry.section.id, width: DRAWING_PX });
  return drawing ? (
    <View wrap={false}>
      <Heading>{`${context.texts.t('heading.byGroup')}. ${drawing.finding}`}</Heading>
      <DrawingOnPaper chart={drawing} width={TEXT_WIDTH} />
    </View>
  ) : null;
};

const SectionPart = ({ entry, context, first }: { entry: Entry; context: ReportContext; first: boolean }) => {
  const drawing = context.chart({ chart: entry.section.scoring === 'sum' ? 'relationship' : 'tool', section: entry.section.id, width: DRAWING_PX });
  const finding = sectionFinding(entry, context.results, context.texts);
  return (
    <View break={!first && entry.section.statements.length > 6}>
      <View wrap={false}>
        {first ? <Title>{finding}</Title> : <View style={{ marginTop: 18 }}><Lead>{finding}</Lead></View>}
        {drawing ? <DrawingOnPaper chart={drawing} width={TEXT_WIDTH} /> : null}
      </View>
      <Readings entry={entry} context={context} />
      <Groups entry={entry} context={context} />
      <Statements entry={entry} context={context} />
      <Spreads entry={entry} context={context} />
    </View>
  );
};

/** A tool: score of each function, what it suggests, the groups below, the statements with the widest gap first. */
export const ToolPages = (context: ReportContext) => {
  const entries = entriesOf(context.results, context.instrument).filter((entry) => !entry.section.neutral);
  const tools = [...new Set(entries.map((entry) => entry.tool))];
  return tools.map((tool) => (
    <Sheet key={tool.id} texts={context.texts} foot={context.foot}>
      <Meta>{`${context.texts.t(`step.${tool.step}`)} · ${context.texts.of(tool.title)}`}</Meta>
      {entries.filter((entry) => entry.tool === tool).map((entry, i) => <SectionPart key={entry.section.id} entry={entry} context={context} first={i === 0} />)}
      {entries.some((entry) => entry.tool === tool && entry.section.scoring === 'sum') ? (
        <View>
          <Muted>{context.texts.t('relationship.note')}</Muted>
          <Muted>{context.texts.t('relationship.goal')}</Muted>
        </View>
      ) : null}
    </Sheet>
  ));
};

const Expectations = ({ context }: { context: ReportContext }) => {
  const { texts, results } = context;
  const pairs = results.culturalDivide?.expectations ?? [];
  if (pairs.length === 0) return null;
  const line = (of: 'sales' | 'marketing', own: number, expected: number) => texts.t(`divide.compare.${of}`, { own: texts.score(own), expected: texts.score(expected) });
  return (
    <View>
      <Heading>{texts.t('heading.roleCompare')}</Heading>
      {pairs.map(({ of, own, expected }) => (
        <FunctionLine key={of} name={of} label={texts.t(`function.${of}`)}>{line(of, own.mean, expected.mean)}</FunctionLine>
      ))}
      <Muted>{texts.t('divide.compare.note')}</Muted>
    </View>
  );
};

/** Own role against own role, then each view with its reading; neutral throughout. */
export const WorldviewPages = (context: ReportContext) => {
  const { texts, results, foot, chart } = context;
  const entries = entriesOf(results, context.instrument).filter((entry) => entry.section.neutral);
  const matrix = entries.length > 0 ? chart({ chart: 'worldview', width: DRAWING_PX }) : undefined;
  if (!matrix) return null;
  const divide = results.culturalDivide;
  return (
    <Sheet texts={texts} foot={foot}>
      <Meta>{`${texts.t('step.currents')} · ${texts.t('heading.worldview')}`}</Meta>
      <Title>{matrix.finding}</Title>
      {divide ? <Muted>{texts.t(divide.fromSource ? 'divide.fromSource' : 'divide.ours')}</Muted> : null}
      <DrawingOnPaper chart={matrix} width={TEXT_WIDTH} />
      <Expectations context={context} />
      <Muted>{texts.t('neutral.note')}</Muted>
      {entries.map((entry) => (
        <View key={entry.section.id} break={entry === entries[0]} wrap={false} style={{ marginBottom: 12 }}>
          <Lead>{nameOf(entry, texts)}</Lead>
          <Readings entry={entry} context={context} />
          <Statements entry={entry} context={context} />
          <Spreads entry={entry} context={context} />
        </View>
      ))}
    </Sheet>
  );
};

