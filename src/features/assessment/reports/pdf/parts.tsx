import { Page, StyleSheet, Text, View } from '@react-pdf/renderer';
import type { ReactNode } from 'react';
import { themes } from '../../../../lib/charts/tokens';
import type { FunctionName } from '../../../../lib/vocabulary';
import type { Texts } from '../texts';
import { FONT_FAMILY, printable } from '../../../../platform/pdf/fonts';

const { ink, ink2, ink3, hairline, surface, functions } = themes.print;

/** A4 upright in points; margins leave 515 points of text. */
export const MARGIN = 40;
export const TEXT_WIDTH = 515;
/** Pixels a drawing is laid out at before it is set to the text's width: its 12-pixel words become 8.7 points. */
export const DRAWING_PX = 710;

export const styles = StyleSheet.create({
  page: { paddingTop: 40, paddingBottom: 48, paddingHorizontal: MARGIN, fontSize: 9.5, lineHeight: 1.45, color: ink, fontFamily: FONT_FAMILY as unknown as string },
  meta: { fontSize: 8.5, color: ink3 },
  lead: { fontSize: 12.5, fontWeight: 600, lineHeight: 1.35, marginBottom: 4 },
  title: { fontSize: 16, fontWeight: 600, lineHeight: 1.25, marginBottom: 6 },
  heading: { fontSize: 11, fontWeight: 600, marginTop: 14, marginBottom: 4 },
  body: { marginBottom: 4 },
  muted: { color: ink2, marginBottom: 4 },
  rule: { borderBottomWidth: 0.75, borderBottomColor: hairline },
  footer: { position: 'absolute', top: 806, fontSize: 8, color: ink3 },
  row: { flexDirection: 'row', borderBottomWidth: 0.75, borderBottomColor: hairline, paddingVertical: 3 },
  cell: { flex: 1, fontSize: 8.5, paddingRight: 6 },
  note: { backgroundColor: surface, padding: 8, marginTop: 6, marginBottom: 6 },
});

type Words = { children: string };

export const Title = ({ children }: Words) => <Text style={styles.title} minPresenceAhead={80}>{printable(children)}</Text>;
export const Lead = ({ children }: Words) => <Text style={styles.lead} minPresenceAhead={120}>{printable(children)}</Text>;
export const Heading = ({ children }: Words) => <Text style={styles.heading} minPresenceAhead={120}>{printable(children)}</Text>;
export const Body = ({ children }: Words) => <Text style={styles.body}>{printable(children)}</Text>;
export const Muted = ({ children }: Words) => <Text style={styles.muted}>{printable(children)}</Text>;
export const Meta = ({ children }: Words) => <Text style={styles.meta}>{printable(children)}</Text>;

/** A line that belongs to one function: its word in its colour, then the text. */
export const FunctionLine = ({ name, label, children }: { name: FunctionName; label: string; children: string }) => (
  <View style={{ flexDirection: 'row', marginBottom: 4 }} wrap={false}>
    <Text style={{ width: 92, fontWeight: 600, color: functions[name].text }}>{printable(label)}</Text>
    <Text style={{ flex: 1 }}>{printable(children)}</Text>
  </View>
);

/** Rows of texts under a head row; the first column takes the room of `first` others. */
export const Table = ({ columns, rows, first = 2, size = 8.5 }: { columns: string[]; rows: string[][]; first?: number; size?: number }) => (
  <View style={{ marginTop: 4, marginBottom: 6 }}>
    {[columns, ...rows].map((row, r) => (
      <View key={r} style={styles.row} wrap={false}>
        {row.map((cell, c) => (
          <Text key={c} style={[styles.cell, { fontSize: size, flex: c === 0 ? first : 1, fontWeight: r === 0 ? 600 : 400, color: r === 0 ? ink2 : ink, textAlign: c === 0 ? 'left' : 'right' }]}>
            {printable(cell) || ' '}
          </Text>
        ))}
      </View>
    ))}
  </View>
);

/** A page with the running foot; flows on to as many sheets as it needs. */
export const Sheet = ({ texts, foot, children }: { texts: Texts; foot: string; children: ReactNode }) => (
  <Page size="A4" style={styles.page}>
    {children}
    <Text style={[styles.footer, { left: MARGIN }]} fixed>{printable(foot)}</Text>
    <Text style={[styles.footer, { right: MARGIN }]} fixed render={({ pageNumber, totalPages }) => texts.t('title.page', { page: pageNumber, pages: totalPages })} />
  </Page>
);
