import { Page, Text, View } from '@react-pdf/renderer';
import type { ReactNode } from 'react';
import { FONT_FAMILY, printable } from '../../../platform/pdf/fonts';
import { say } from './words';

const INK_3 = '#626975';
const LINE = '#868D98';

/** One A4 page, both rules at its foot. */
export const Sheet = ({ children }: { children: ReactNode }) => (
  <Page size="A4" style={{ padding: 42, paddingBottom: 60, fontFamily: FONT_FAMILY as unknown as string, fontSize: 10, lineHeight: 1.4, color: '#16181D' }}>
    {children}
    <Text fixed style={{ position: 'absolute', left: 42, right: 42, bottom: 28, fontSize: 8, color: INK_3 }}>{`${say('rule.blame')} ${say('rule.future')}`}</Text>
  </Page>
);

export const Heading = ({ children }: { children: string }) => <Text style={{ fontSize: 16, lineHeight: 1.3, fontWeight: 600, marginBottom: 8 }}>{printable(children)}</Text>;
export const Part = ({ children }: { children: string }) => <Text minPresenceAhead={40} style={{ fontSize: 11.5, fontWeight: 600, marginTop: 14, marginBottom: 4 }}>{printable(children)}</Text>;
export const Line = ({ children }: { children: string }) => <Text style={{ marginBottom: 3 }}>{printable(children)}</Text>;
export const Quiet = ({ children }: { children: string }) => <Text style={{ fontSize: 8.5, color: INK_3, marginBottom: 4 }}>{printable(children)}</Text>;

/** Lines to write on. */
export const Blank = ({ lines, label }: { lines: number; label?: string }) => (
  <View wrap={false} style={{ marginBottom: 6 }}>
    {label ? <Text style={{ fontWeight: 600 }}>{printable(label)}</Text> : null}
    {Array.from({ length: lines }, (_, at) => <View key={at} style={{ height: 22, borderBottomWidth: 0.6, borderBottomColor: LINE }} />)}
  </View>
);

/** A box to tick, with its words. */
export const Tick = ({ children }: { children: string }) => <View style={{ flexDirection: 'row', gap: 6, alignItems: 'center', marginTop: 3 }}><View style={{ width: 9, height: 9, borderWidth: 0.8, borderColor: LINE }} /><Text>{printable(children)}</Text></View>;
