import { Text, View } from '@react-pdf/renderer';
import { gapFigures, groupFigures, METHOD_KEYS, methodValues } from '../figures';
import { changeFinding, moves } from '../prose';
import type { ReportContext } from '../request';
import { entriesOf, functionGroups, nameOf } from '../sections';
import { DrawingOnPaper } from './drawing';
import { printable } from '../../../../platform/pdf/fonts';
import { Body, Heading, Lead, Meta, Muted, Sheet, styles, Table, TEXT_WIDTH, Title } from './parts';

const DRAWN_MOVES = 3;

/** What moved since the wave before; the largest moves drawn, all of them as a table. */
export const ChangePages = (context: ReportContext) => {
  const { texts, results, instrument, foot, chart } = context;
  const { change } = results;
  if (!change) return null;
  const entries = entriesOf(results, instrument);
  const moved = moves(results, entries);
  const drawn = [...new Set(moved.map(({ entry }) => entry))].slice(0, DRAWN_MOVES);
  const rows = entries.flatMap((entry) =>
    moved
      .filter((move) => move.entry === entry)
      .map((move) => [`${nameOf(entry, texts)}: ${texts.t(`function.${move.blockId as 'sales' | 'marketing' | 'leadership'}`)}`, texts.score(move.before), texts.score(move.now), texts.signed(move.difference)]),
  );
  return (
    <Sheet texts={texts} foot={foot}>
      <Meta>{texts.t('heading.change')}</Meta>
      <Title>{changeFinding(results, entries, texts)}</Title>
      <Body>{texts.t('change.caution')}</Body>
      {change.turnover >= 0.3 ? <Text style={styles.note}>{printable(texts.t('change.turnover', { share: texts.share(change.turnover) }))}</Text> : null}
      {drawn.map((entry) => {
        const drawing = chart({ chart: 'slope', section: entry.section.id, width: 560 });
        return drawing ? (
          <View key={entry.section.id} wrap={false}>
            <Heading>{drawing.finding}</Heading>
            <DrawingOnPaper chart={drawing} width={TEXT_WIDTH * 0.8} />
          </View>
        ) : null;
      })}
      <Heading>{texts.t('heading.table')}</Heading>
      <Table columns={[texts.t('label.section'), change.previousName, results.wave.name, texts.t('label.change')]} rows={rows} first={4} />
      <Muted>{texts.t('change.onlyMatching')}</Muted>
      <Muted>{texts.t('change.independent')}</Muted>
    </Sheet>
  );
};

/** Comments per function, as written. */
export const CommentPages = ({ texts, results, foot }: ReportContext) => {
  const said = results.comments.filter(({ texts: list }) => list.length > 0);
  if (said.length === 0) return null;
  return (
    <Sheet texts={texts} foot={foot}>
      <Title>{texts.t('heading.comments')}</Title>
      <Muted>{texts.t('comments.intro')}</Muted>
      {said.map(({ function: name, texts: list }) => (
        <View key={name}>
          <Heading>{texts.t(`function.${name}`)}</Heading>
          {list.map((comment, i) => (
            <View key={i} style={[styles.rule, { paddingVertical: 4 }]}>
              <Text>{printable(comment)}</Text>
            </View>
          ))}
        </View>
      ))}
    </Sheet>
  );
};

/** How the figures were made, and every one of them that the gate lets out. */
export const MethodPages = ({ texts, results, instrument, foot }: ReportContext) => {
  const values = methodValues(results, texts);
  const figures = groupFigures(texts);
  const keys = results.tools.some((tool) => tool.sections.some((section) => section.scoring === 'sum')) ? (['method.sum', ...METHOD_KEYS] as const) : METHOD_KEYS;
  return (
    <Sheet texts={texts} foot={foot}>
      <Title>{texts.t('heading.method')}</Title>
      <Body>{texts.t('hidden.why', { minimum: results.minimum.general })}</Body>
      {keys.map((key) => (
        <View key={key} style={{ flexDirection: 'row', marginBottom: 3 }} wrap={false}>
          <Text style={{ width: 10 }}>·</Text>
          <Text style={{ flex: 1 }}>{printable(texts.t(key, values))}</Text>
        </View>
      ))}
      {entriesOf(results, instrument).map((entry, i) => {
        const groups = functionGroups(entry, results);
        const gap = gapFigures(entry.result, texts);
        if (groups.length === 0) return null;
        return (
          <View key={entry.section.id} break={i === 0} wrap={false} style={{ marginBottom: 10 }}>
            <Lead>{texts.t('report.methodFor', { section: nameOf(entry, texts) })}</Lead>
            <Table
              columns={['', ...figures.map(({ label }) => label)]}
              rows={groups.map(({ block, group }) => [texts.t(`function.${block.function ?? 'sales'}`), ...figures.map(({ of }) => of(group))])}
              first={1.3}
              size={7}
            />
            {gap.length > 0 ? <Muted>{gap.map(({ label, value }) => `${label}: ${value}`).join(' · ')}</Muted> : null}
          </View>
        );
      })}
    </Sheet>
  );
};
