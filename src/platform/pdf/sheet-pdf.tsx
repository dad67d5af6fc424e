import { Circle, Document, Line, Page, renderToBuffer, StyleSheet, Svg, Text, View } from '@react-pdf/renderer';
import { themes } from '../../lib/charts/tokens';
import { inColumns, type Sheet, type SheetAxis, type SheetChain, type SheetPart } from '../../lib/sheet';
import { FONT_FAMILY, printable, registerFonts } from './fonts';

const { ink, ink2, ink3, mark, hairline } = themes.print;
const styles = StyleSheet.create({
  page: { paddingTop: 40, paddingBottom: 52, paddingHorizontal: 44, fontFamily: FONT_FAMILY as unknown as string, fontSize: 9.5, lineHeight: 1.4, color: ink },
  meta: { fontSize: 8, color: ink3 },
  lead: { fontSize: 17, fontWeight: 600, lineHeight: 1.25, marginTop: 4, marginBottom: 10 },
  heading: { fontSize: 10.5, fontWeight: 600, marginTop: 12, marginBottom: 3 },
  line: { marginBottom: 3 },
  chain: { flexDirection: 'row', borderTopWidth: 1, borderTopColor: ink, marginTop: 7 },
  step: { flex: 1, paddingRight: 8, paddingTop: 6 },
  dot: { position: 'absolute', top: -4.5, left: 0, width: 8, height: 8, borderRadius: 4, backgroundColor: ink },
  ring: { position: 'absolute', top: -4.5, left: 0, width: 8, height: 8, borderRadius: 4, backgroundColor: '#FFFFFF', borderWidth: 1.2, borderColor: mark },
  small: { fontSize: 8.5, color: ink2 },
  foot: { position: 'absolute', top: 800, fontSize: 7.5, color: ink3 },
});

/** Points: the plot of an axis, and the height of a row. */
const PLOT = 110;
const ROW = 14;

const Axis = ({ name, rows, target, cuts }: SheetAxis) => (
  <View style={{ flex: 1 }}>
    <Text style={styles.meta}>{printable(name)}</Text>
    {rows.map(({ label, text, at, low, high, now }) => (
      <View key={label} style={{ flexDirection: 'row', alignItems: 'center', gap: 6 }}>
        <Text style={[styles.small, { width: 48 }]}>{printable(label)}</Text>
        <Svg width={PLOT} height={ROW} viewBox={`-4 0 ${PLOT + 8} ${ROW}`}>
          <Line x1={0} x2={PLOT} y1={ROW / 2} y2={ROW / 2} stroke={hairline} strokeWidth={0.7} />
          {cuts.map((cut) => <Line key={cut} x1={cut * PLOT} x2={cut * PLOT} y1={0} y2={ROW} stroke={mark} strokeWidth={0.6} strokeDasharray="1.5 2" />)}
          {target && <Line x1={target.at * PLOT} x2={target.at * PLOT} y1={0} y2={ROW} stroke={ink} strokeWidth={1.4} />}
          {low !== null && high !== null && <Line x1={low * PLOT} x2={high * PLOT} y1={ROW / 2} y2={ROW / 2} stroke={ink2} strokeWidth={1.6} />}
          <Circle cx={at * PLOT} cy={ROW / 2} r={3.2} fill={now ? ink : '#FFFFFF'} stroke={ink} strokeWidth={1.2} />
        </Svg>
        <Text style={[styles.small, { flex: 1 }]}>{printable(text)}</Text>
      </View>
    ))}
    {target && <Text style={styles.meta}>{printable(target.text)}</Text>}
  </View>
);

const Chain = ({ heading, steps, axes = [] }: SheetChain) => (
  <View wrap={false}>
    <Text style={styles.heading}>{printable(heading)}</Text>
    <View style={styles.chain}>
      {steps.map(({ name, lines, empty }) => (
        <View key={name} style={styles.step}>
          <View style={empty ? styles.ring : styles.dot} />
          <Text style={styles.meta}>{printable(name)}</Text>
          {lines.map((line, at) => <Text key={at} style={styles.small}>{printable(line)}</Text>)}
        </View>
      ))}
    </View>
    {axes.length > 0 && <View style={{ flexDirection: 'row', gap: 18, marginTop: 5 }}>{axes.map((axis) => <Axis key={axis.name} {...axis} />)}</View>}
  </View>
);

const Part = ({ heading, lines }: SheetPart) => (
  <View wrap={false}>
    <Text style={styles.heading}>{printable(heading)}</Text>
    {lines.map((line, at) => <Text key={at} style={styles.line}>{printable(line)}</Text>)}
  </View>
);

/** Sheets on A4, one page each unless their words need more; the fonts are the product's. */
export const sheetPdf = async (title: string, sheets: readonly Sheet[]): Promise<Uint8Array> => {
  registerFonts();
  return renderToBuffer(
    <Document title={title} creator="Lockstep" producer="Lockstep" language="en">
      {sheets.map((sheet) => (
        <Page key={sheet.title} size="A4" style={styles.page}>
          <Text style={styles.meta}>{printable(sheet.about)}</Text>
          <Text style={{ fontSize: 11, marginTop: 3 }}>{printable(sheet.title)}</Text>
          <Text style={styles.lead}>{printable(sheet.lead)}</Text>
          {sheet.chains.map((chain, at) => <Chain key={at} {...chain} />)}
          <View style={{ flexDirection: 'row', gap: 22 }}>{inColumns(sheet.parts).filter((column) => column.length > 0).map((column, at) => <View key={at} style={{ flex: 1 }}>{column.map((part) => <Part key={part.heading} {...part} />)}</View>)}</View>
          <Text style={[styles.foot, { left: 44, right: 90 }]} fixed>{printable(sheet.foot)}</Text>
          <Text style={[styles.foot, { right: 44 }]} fixed render={({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`} />
        </Page>
      ))}
    </Document>,
  );
};
