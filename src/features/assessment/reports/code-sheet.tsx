import { Document, Page, Path, renderToBuffer, Svg, Text, View } from '@react-pdf/renderer';
import { encode } from 'uqr';
import type { Locale } from '../../../lib/vocabulary';
import { FONT_FAMILY, printable, registerFonts } from '../../../platform/pdf/fonts';
import { shortName } from './request';
import { textsIn, type Texts } from './texts';

/**
 * `personal`: one for each person, `label` is the name. `slips`: drawn from a hat, `label` at most the group; never a person.
 * The code is what the link carries, short enough to type.
 */
export type CodeSheet = {
  workspaceName: string;
  title: string;
  locale: Locale;
  entries: { label?: string; url: string; code: string }[];
  kind: 'slips' | 'personal';
};

const COLUMNS = 2;
const ROWS = 4;
const WIDTH = 595.28 / COLUMNS;
const HEIGHT = 841.89 / ROWS;
const QR = 104;
const GREY = '#868D98';

/** Dark modules as one path: a rectangle for each run in a row. */
export const qrPath = (modules: boolean[][]): string =>
  modules
    .map((row, y) => {
      let path = '';
      for (let x = 0; x < row.length; x++) {
        if (!row[x]) continue;
        const from = x;
        while (row[x + 1]) x++;
        path += `M${from} ${y}h${x + 1 - from}v1h${from - x - 1}z`;
      }
      return path;
    })
    .join('');

/** "ABCD-EFGH-JKMN": groups of four are typed with fewer slips. */
const grouped = (code: string): string => (/^[A-Za-z0-9]+$/u.test(code) ? (code.match(/.{1,4}/gu) ?? [code]).join('-') : code);

/** What is typed beside the code: the address of the answering page, without its scheme. */
const addressOf = (url: string): string => {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return url.slice(0, 40);
  }
};

const Slip = ({ entry, sheet, texts }: { entry: CodeSheet['entries'][number]; sheet: CodeSheet; texts: Texts }) => {
  const qr = encode(entry.url, { ecc: 'M', border: 2 });
  const note = sheet.kind === 'personal' ? texts.t('codes.personal.note') : texts.t('slip.drawn');
  const label = entry.label ? (sheet.kind === 'personal' ? entry.label : texts.t('slip.group', { group: entry.label })) : '';
  return (
    <View style={{ width: WIDTH, height: HEIGHT, padding: 18, borderWidth: 0.5, borderStyle: 'dashed', borderColor: GREY, flexDirection: 'row', alignItems: 'center', gap: 12, overflow: 'hidden' }}>
      <Svg width={QR} height={QR} viewBox={`0 0 ${qr.size} ${qr.size}`}>
        <Path d={qrPath(qr.data)} fill="#000000" />
      </Svg>
      <View style={{ flex: 1 }}>
        <Text style={{ fontSize: 8, color: '#626975' }}>{printable(shortName(sheet.workspaceName))}</Text>
        <Text style={{ fontSize: 11, fontWeight: 600, marginBottom: 4 }}>{printable(shortName(sheet.title))}</Text>
        {label ? <Text style={{ fontSize: 10, marginBottom: 4 }}>{printable(shortName(label))}</Text> : null}
        <Text style={{ fontSize: 8.5 }}>{printable(texts.t('slip.scan'))}</Text>
        <Text style={{ fontSize: 8.5 }}>{printable(texts.t('slip.type', { address: addressOf(entry.url) }))}</Text>
        <Text style={{ fontSize: 13, fontWeight: 600, marginVertical: 4 }}>{printable(grouped(entry.code))}</Text>
        <Text style={{ fontSize: 7.5, color: '#454B55' }}>{printable(`${texts.t('slip.once')} ${note}`)}</Text>
      </View>
    </View>
  );
};

/** Slips of eight to an A4 page, each with its QR code and the code to type; cut along the dashed lines. */
export const makeCodeSheet = async (sheet: CodeSheet): Promise<Uint8Array> => {
  registerFonts();
  const texts = textsIn(sheet.locale);
  const each = COLUMNS * ROWS;
  const pages = Array.from({ length: Math.max(1, Math.ceil(sheet.entries.length / each)) }, (_, i) => sheet.entries.slice(i * each, (i + 1) * each));
  return new Uint8Array(
    await renderToBuffer(
      <Document title={printable(shortName(sheet.title))} creator="Lockstep" producer="Lockstep" language={sheet.locale}>
        {pages.map((entries, i) => (
          <Page key={i} size="A4" style={{ flexDirection: 'row', flexWrap: 'wrap', fontFamily: FONT_FAMILY as unknown as string, fontSize: 9 }}>
            {entries.map((entry) => <Slip key={entry.code} entry={entry} sheet={sheet} texts={texts} />)}
          </Page>
        ))}
      </Document>,
    ),
  );
};
