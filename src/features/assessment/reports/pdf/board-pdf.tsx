import { Document, renderToBuffer, Text, View } from '@react-pdf/renderer';
import { boardOf } from '../board';
import type { ReportContext } from '../request';
import { DrawingOnPaper } from './drawing';
import { printable, registerFonts } from '../../../../platform/pdf/fonts';
import { Body, DRAWING_PX, Heading, Meta, Sheet, styles, TEXT_WIDTH } from './parts';

/** One A4 page for the board. */
export const boardPdf = async (context: ReportContext): Promise<Uint8Array> => {
  registerFonts();
  const board = boardOf(context);
  const { texts } = context;
  const sums = context.results.tools.every((tool) => tool.sections.every((section) => section.scoring === 'sum'));
  const drawing = context.chart({ chart: sums ? 'relationship' : 'overview', width: DRAWING_PX });
  const half = Math.ceil(board.parts.length / 2);
  return renderToBuffer(
    <Document title={`${board.title}: ${context.workspaceName}`} creator="Lockstep" producer="Lockstep" language={texts.locale}>
      <Sheet texts={texts} foot={context.foot}>
        <Meta>{board.subtitle}</Meta>
        <Text style={{ fontSize: 11, marginTop: 4 }}>{printable(board.title)}</Text>
        <Text style={[styles.title, { fontSize: 19, marginTop: 4, marginBottom: 10 }]}>{printable(board.lead)}</Text>
        {context.sample ? <Text style={styles.note}>{printable(texts.t('title.sample'))}</Text> : null}
        <Heading>{texts.t('board.where')}</Heading>
        {drawing ? <DrawingOnPaper chart={drawing} width={TEXT_WIDTH} /> : null}
        <View style={{ flexDirection: 'row', gap: 24, marginTop: 6 }}>
          {[board.parts.slice(0, half), board.parts.slice(half)].map((column, i) => (
            <View key={i} style={{ flex: 1 }}>
              {column.map(({ heading, lines }) => (
                <View key={heading}>
                  <Heading>{heading}</Heading>
                  {lines.map((line) => <Body key={line}>{line}</Body>)}
                </View>
              ))}
            </View>
          ))}
        </View>
        <View style={{ marginTop: 14 }}>
          <Meta>{board.footer}</Meta>
        </View>
      </Sheet>
    </Document>,
  );
};
