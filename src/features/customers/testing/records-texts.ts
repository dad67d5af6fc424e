import iconv from 'iconv-lite';
import { file, utf8, type RecordsFile } from './records-file';

const encoded = (text: string, encoding: string, mark = false) => (): Uint8Array => new Uint8Array(iconv.encode(text, encoding, { addBOM: mark }));
const leads = (separator = ',', end = '\n') => [['Lead ID', 'Name', 'Email'], ['L1', 'Jürgen Groß', 'jg@example.org'], ['L2', 'Anaïs Léger', 'al@example.org']].map((cells) => cells.join(separator)).join(end) + end;
const both = { 2: { name: 'Jürgen Groß' }, 3: { name: 'Anaïs Léger' } };
const whole = { new: 2, rows: both };

const encodings: RecordsFile[] = [
  { name: 'UTF-8', bytes: encoded(leads(), 'utf-8'), expected: whole },
  { name: 'UTF-8 with mark, as Marketo writes it', bytes: encoded(leads(), 'utf-8', true), expected: whole },
  { name: 'UTF-16 little-endian with mark', bytes: encoded(leads(), 'utf-16le', true), expected: whole },
  { name: 'UTF-16 big-endian with mark', bytes: encoded(leads(), 'utf-16be', true), expected: whole },
  { name: 'UTF-16 without mark', bytes: encoded(leads(), 'utf-16le'), expected: whole },
  { name: 'UTF-16 with tabs, as Excel saves "Unicode text"', bytes: encoded(leads('\t', '\r\n'), 'utf-16le', true), expected: whole },
  { name: 'UTF-16 cut in the middle of a character', bytes: () => encoded(leads().trimEnd() + 'x', 'utf-16le', true)().subarray(0, -1), expected: { new: 2 } },
  { name: 'UTF-32 with mark', bytes: encoded(leads(), 'utf-32le', true), expected: whole },
  { name: 'Windows-1252 with semicolons', bytes: encoded(leads(';'), 'windows-1252'), expected: whole },
  { name: 'UTF-8 and Windows-1252 glued together', bytes: () => Buffer.concat([utf8('Lead ID,Name,Email\nL1,Jürgen Groß,jg@example.org\n'), encoded('L2,Anaïs Léger,al@example.org\n', 'windows-1252')()]), expected: whole },
  { name: 'marks in the middle, from files put together', bytes: () => Buffer.concat([encoded('Lead ID,Name,Email\nL1,Ann,a@example.org\n', 'utf-8', true)(), encoded('L2,Bob,b@example.org\n', 'utf-8', true)()]), expected: { new: 2, rows: { 3: { key: 'L2' } } } },
  file('NUL bytes', 'Lead ID,Name,Email\nL\u00001,A\u0000nn,a@example.org\u0000\n', { new: 1, rows: { 2: { key: 'L1', name: 'Ann', email: 'a@example.org' } } }),
  file('half a surrogate and a control character', 'Lead ID,Name,Email,Note\nL1,Ann,a@example.org,a\u0001b\n', { new: 1 }),
];

const lines: RecordsFile[] = [
  file('semicolons', leads(';'), whole), file('tabs', leads('\t'), whole), file('bars', leads('|'), whole),
  file("Excel's own first line", `sep=;\r\n${leads(';', '\r\n')}`, { new: 2, rows: { 3: { name: 'Jürgen Groß' } } }),
  file('CRLF', leads(',', '\r\n'), whole), file('bare CR', leads(',', '\r'), whole),
  file('CR, LF and CRLF mixed', 'Lead ID,Email\rL1,a@example.org\nL2,b@example.org\r\nL3,c@example.org', { new: 3, rows: { 4: { key: 'L3' } } }),
  file('no line end at the end', leads().trimEnd(), whole),
  file('blank lines and lines of commas', 'Lead ID,Name,Email\n\n,,\nL1,Ann,a@example.org\n , ,\n', { new: 1, rows: { 4: { key: 'L1' } } }),
  file('a comma at every line end', 'Lead ID,Email,\nL1,a@example.org,\n', { new: 1 }),
  file('a report with title, date and filter above its headings', 'Marketing leads;;\nas of 1 May;;\nOwner: all;;\n\nLead ID;Email;Status\nL1;a@example.org;New\n', { new: 1, rows: { 6: { key: 'L1', status: 'New' } } }),
  file('a report with its name and a notice below', '"Lead ID","Email","Status"\n"L1","a@example.org","New"\n\n"Leads of the quarter"\n"Copyright (c) 2000-2026 a maker of software"\n', { new: 3, rows: { 2: { key: 'L1' }, 4: { key: 'Leads of the quarter' } } }),
  file('one column', 'Email\nann.lee@example.org\n', { new: 1, rows: { 2: { key: '~annleeexampleorg' } } }),
];

const quotes: RecordsFile[] = [
  file('line ends inside quotes', 'Lead ID,Note,Email\nL1,"one\ntwo",a@example.org\nL2,,b@example.org\n', { new: 2, rows: { 2: { custom: { Note: 'one\ntwo' } }, 4: { key: 'L2' } } }),
  file('doubled quotes', 'Lead ID,Name,Email\nL1,"Ann ""Jo"" Lee",a@example.org\n', { new: 1, rows: { 2: { name: 'Ann "Jo" Lee' } } }),
  file('a quote that is never closed, in the middle', 'Lead ID,Name,Email\nL1,"Ann,a@example.org\nL2,Bob,b@example.org\nL3,"Roe, Cy",c@example.org\n', { new: 3, rows: { 4: { name: 'Roe, Cy' } } }),
  file('a quote that is never closed, in the last line', 'Lead ID,Name,Email\nL1,Ann,a@example.org\nL2,"Bob,b@example.org', { new: 2 }),
  file('text after a closing quote', 'Lead ID,Name,Email\nL1,"Ann" Lee,a@example.org\n', { new: 1, rows: { 2: { name: '"Ann" Lee' } } }),
  file('ten thousand quotes that are never closed', () => `Lead ID,Name,Email\n${Array.from({ length: 10_000 }, (_, at) => `L${at},"Ann,a${at}@example.org`).join('\n')}\n`, { new: 10_000 }),
];

const headings: RecordsFile[] = [
  file('the same heading three times', 'Lead ID,Email,Status,Status,status\nL1,a@example.org,New,Old,\n', { new: 1, rows: { 2: { status: 'New', custom: { 'Status (2)': 'Old' } } } }),
  file('empty headings over filled columns', 'Lead ID,,Email\nL1,?,a@example.org\n', { new: 1, rows: { 2: { custom: { 'Column B': '?' } } } }),
  file('headings that name parts of objects', 'Lead ID,Email,__proto__,constructor,toString,hasOwnProperty\nL1,a@example.org,1,2,3,4\n', { new: 1, rows: { 2: { custom: JSON.parse('{"__proto__":"1","constructor":"2","toString":"3","hasOwnProperty":"4"}') as unknown } } }),
  file('a heading over two lines, with spaces that show nothing', '"Lead\nID",\u00a0Email\u200b,Name\nL1,a@example.org,Ann\n', { new: 1, rows: { 3: { email: 'a@example.org' } } }),
  file('headings only', 'Lead ID,Email\n', { new: 0 }),
  file('no heading that is known', 'Shoe,Hat\n41,58\n', { mappingFault: 'needs_one_of' }),
  file('no headings at all', 'Ann Lee,ann@example.org\nBob Roe,bob@example.org\n', { mappingFault: 'needs_one_of' }),
  file('headings in German', 'Datensatz-ID;Vorname;Nachname;E-Mail;Unternehmen;Erstellungsdatum\n1;Ann;Lee;a@example.org;Acme;26.02.2026 07:05\n', { new: 1, rows: { 2: { key: '1', name: 'Ann Lee', company: 'Acme', enteredAt: '2026-02-26T07:05:00.000Z' } } }),
];

export const recordsTexts: readonly RecordsFile[] = [...encodings, ...lines, ...quotes, ...headings];
