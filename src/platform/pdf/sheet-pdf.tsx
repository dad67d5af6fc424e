import { Document, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer';
import { themes } from '../../lib/charts/tokens';
import { inColumns, type Sheet, type SheetChain, type SheetPart } from '../../lib/sheet';
import { FONT_FAMILY, printable, registerFonts } from './fonts';

const { ink, ink2, ink3, mark } = themes.print;
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

const Chain = ({ heading, steps }: SheetChain) => (
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
