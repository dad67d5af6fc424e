import { toXlsx } from '../../../platform/files/write-xlsx';
import type { CorpusFile } from './corpus-file';
import { rawZip, type RawEntry } from '../../../platform/testing/raw-zip';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const cell = (address: string, text: string): string => `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: number, ...texts: string[]): string => `<row r="${number}">${texts.map((text, index) => cell(`${'ABCDEFGH'[index]}${number}`, text)).join('')}</row>`;
const sheet = (body: string): string => `${XML}<worksheet ${MAIN}><sheetData>${body}</sheetData></worksheet>`;
const good = row(1, 'Name', 'E-mail') + row(2, 'Ann', 'ann@example.org');

type Parts = { sheets?: string[]; shared?: string; styles?: string; extra?: RawEntry[]; change?: (entries: RawEntry[]) => RawEntry[] };

/** The smallest workbook that programs open (ECMA-376 part 1, 12.3). */
const workbook = ({ sheets = [sheet(good)], shared, styles, extra = [], change = (entries) => entries }: Parts): Uint8Array => {
  const rels = sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${RELS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`);
  if (shared) rels.push(`<Relationship Id="rIdS" Type="${RELS}/sharedStrings" Target="sharedStrings.xml"/>`);
  if (styles) rels.push(`<Relationship Id="rIdT" Type="${RELS}/styles" Target="styles.xml"/>`);
  const entries: RawEntry[] = [
    { name: '[Content_Types].xml', data: `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>` },
    { name: 'xl/workbook.xml', data: `${XML}<workbook ${MAIN} xmlns:r="${RELS}"><sheets>${sheets.map((_, index) => `<sheet name="Sheet &amp; ${index + 1}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', data: `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rels.join('')}</Relationships>` },
    ...sheets.map((data, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, data })),
    ...(shared ? [{ name: 'xl/sharedStrings.xml', data: shared }] : []),
    ...(styles ? [{ name: 'xl/styles.xml', data: styles }] : []),
    ...extra,
  ];
  return rawZip(change(entries));
};

const file = (name: string, parts: Parts, expected: CorpusFile['expected']): CorpusFile => ({ name, bytes: () => workbook(parts), expected });
const raw = (name: string, bytes: CorpusFile['bytes'], expected: CorpusFile['expected']): CorpusFile => ({ name, bytes, expected });

const DATED = `${XML}<styleSheet ${MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`;
const strings = (...items: string[]): string => `${XML}<sst ${MAIN}>${items.map((item) => `<si><t>${item}</t></si>`).join('')}</sst>`;

const readable: CorpusFile[] = [
  raw('a workbook as we write it', () => toXlsx([{ name: 'People', rows: [['Name', 'E-mail', 'Start date'], ['=1+1', 'a@example.org', '2020-01-02']] }]), { new: 1, people: { 2: { name: '=1+1', startDate: '2020-01-02' } } }),
  file('dates as numbers with a date style', { sheets: [sheet(row(1, 'E-mail', 'Name', 'Start date') + `<row r="2">${cell('A2', 'a@example.org')}${cell('B2', 'Ann')}<c r="C2" s="1"><v>43831</v></c></row>`)], styles: DATED }, { new: 1, people: { 2: { startDate: '2020-01-01' } } }),
  file('formulas with the value they last had', { sheets: [sheet(row(1, 'E-mail', 'Name') + `<row r="2"><c r="A2" t="str"><f>B2&amp;"@example.org"</f><v>ann@example.org</v></c>${cell('B2', 'Ann')}</row>`)] }, { new: 1, people: { 2: { key: 'ann@example.org' } } }),
  file('yes and no as truth values', { sheets: [sheet(row(1, 'E-mail', 'Name', 'Worked in other function') + `<row r="2">${cell('A2', 'a@example.org')}${cell('B2', 'Ann')}<c r="C2" t="b"><v>1</v></c></row>`)] }, { new: 1, people: { 2: { workedInOtherFunction: true } } }),
  file('shared strings', { sheets: [sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>')], shared: strings('E-mail', 'Name', 'a@example.org', 'Ann &amp; Co') }, { new: 1, people: { 2: { name: 'Ann & Co' } } }),
  file('a title above, blank rows between', { sheets: [sheet(row(2, 'Staff') + row(5, 'Name', 'E-mail') + row(9, 'Ann', 'ann@example.org'))] }, { new: 1, people: { 9: { name: 'Ann' } } }),
  file('an empty first sheet', { sheets: [sheet(''), sheet(good)] }, { new: 1, table: ['other_sheets'] }),
  file('an archive packed inside, unread', { extra: [{ name: 'xl/embeddings/inner.zip', data: Buffer.from(rawZip([{ name: 'x', data: 'x' }])) }, { name: 'xl/media/image1.png', data: 'no picture' }] }, { new: 1 }),
  file('deflated parts', { change: (entries) => entries.map((entry) => ({ ...entry, deflate: true })) }, { new: 1 }),
];

const zeros = Buffer.alloc(80 * 1024 * 1024, 32);

const hostile: CorpusFile[] = [
  file('80 MB of blanks in a few kilobytes', { extra: [{ name: 'xl/worksheets/sheet9.xml', data: zeros, deflate: true }] }, { fault: 'archive_bomb' }),
  file('the same, claiming to be small', { extra: [{ name: 'xl/worksheets/sheet9.xml', data: zeros, deflate: true, claimedSize: 100 }] }, { fault: 'archive_bomb' }),
  file('many middling parts', { extra: Array.from({ length: 20 }, (_, index) => ({ name: `xl/worksheets/part${index}.xml`, data: zeros.subarray(0, 5 * 1024 * 1024), deflate: true })) }, { fault: 'archive_bomb' }),
  file('5,000 parts', { extra: Array.from({ length: 5_000 }, (_, index) => ({ name: `xl/p${index}.xml`, data: '' })) }, { fault: 'archive_bomb' }),
  file('a part that reaches for another file', { sheets: [sheet(good).replace('<worksheet', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet').replace('Ann', '&e;')] }, { fault: 'archive_unsafe' }),
  file('a part that grows a billionfold', { shared: strings('a').replace('<sst', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst') }, { fault: 'archive_unsafe' }),
  file('a part in UTF-16, where the check would not look', { extra: [{ name: 'xl/styles.xml', data: Buffer.from('\uFEFF<!DOCTYPE x>', 'utf16le') }] }, { fault: 'archive_unsafe' }),
  file('a part that climbs out of the folder', { extra: [{ name: '../../etc/cron.d/x.xml', data: 'x' }] }, { fault: 'archive_unsafe' }),
  file('a part with an absolute name', { extra: [{ name: '/etc/x.xml', data: 'x' }] }, { fault: 'archive_unsafe' }),
  file('a part with a Windows drive', { extra: [{ name: 'C:\\x.xml', data: 'x' }] }, { fault: 'archive_unsafe' }),
  file('a link', { extra: [{ name: 'xl/link.xml', data: '/etc/passwd', mode: 0o120777 }] }, { fault: 'archive_unsafe' }),
  file('the same part twice', { extra: [{ name: 'xl/worksheets/SHEET1.xml', data: sheet(good) }] }, { fault: 'archive_unsafe' }),
  file('a part with a password', { extra: [{ name: 'xl/secret.xml', data: 'x', flags: 1 }] }, { fault: 'locked_excel' }),
  file('a cell at the far end of the sheet', { sheets: [sheet(good + `<row r="1048576">${cell('XFD1048576', 'x')}</row>`)] }, { fault: 'too_many_rows' }),
  file('a cell in a far column', { sheets: [sheet(good + `<row r="3">${cell('XFD3', 'x')}</row>`)] }, { fault: 'too_many_columns' }),
];

const broken: CorpusFile[] = [
  raw('cut off in the middle', () => workbook({}).subarray(0, 400), { fault: 'archive_damaged' }),
  raw('one byte of a packed part changed', () => {
    const bytes = workbook({ change: (entries) => entries.map((entry) => ({ ...entry, deflate: true })) });
    const at = Buffer.from(bytes).indexOf('xl/worksheets/sheet1.xml') + 30;
    bytes.fill(0xff, at, at + 8);
    return bytes;
  }, { fault: 'archive_damaged' }),
  file('a shared string that does not exist', { sheets: [sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')], shared: strings('a') }, { fault: 'sheet_damaged' }),
  file('no sheet with anything in it', { sheets: [sheet(''), sheet('<row r="4"/>')] }, { fault: 'sheet_empty' }),
  raw('an archive of CSV files', () => rawZip([{ name: 'people.csv', data: 'name,email\n' }]), { fault: 'not_a_table' }),
  raw('an archive in an archive', () => rawZip([{ name: 'people.xlsx', data: Buffer.from(workbook({})) }]), { fault: 'not_a_table' }),
  raw('a text document', () => rawZip([{ name: 'word/document.xml', data: '<w/>' }]), { fault: 'not_a_table' }),
  raw('a binary workbook', () => rawZip([{ name: 'xl/workbook.bin', data: 'x' }]), { fault: 'binary_excel' }),
  raw('an OpenDocument sheet', () => rawZip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' }, { name: 'content.xml', data: '<x/>' }]), { fault: 'open_document' }),
];

export const corpusOfSheets: readonly CorpusFile[] = [...readable, ...hostile, ...broken];
