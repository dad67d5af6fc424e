import { toXlsx } from '../../../platform/files/write-xlsx';
import { rawZip } from '../../../platform/testing/raw-zip';
import { file, type RecordsFile } from './records-file';

const sizes: RecordsFile[] = [
  file('100,000 columns', () => `Lead ID,Email,${'x,'.repeat(100_000)}\nL1,a@example.org\n`, { fault: 'too_many_columns' }),
  file('a row of 100,000 cells', () => `Lead ID,Email\nL1,a@example.org\nL2,b@example.org${',x'.repeat(100_000)}\nL3,c@example.org\n`, { new: 2, rejected: 1, problems: { 3: 'row_damaged' } }),
  file('rows shorter than the headings', 'Lead ID,Email,Name\nL1\nL2,b@example.org\n', { new: 2, rows: { 2: { key: 'L1', email: undefined } } }),
  file('a cell of a million characters', () => `Lead ID,Email,Note\nL1,a@example.org,${'x'.repeat(1_000_000)}\nL2,b@example.org,\n`, { new: 1, rejected: 1, problems: { 2: 'row_damaged' } }),
  file('a quoted cell of 8 MB over many lines', () => `Lead ID,Email,Note\nL1,a@example.org,"${'x y\n'.repeat(40)}${'z'.repeat(8_000_000)}"\nL2,b@example.org,\n`, { new: 1, rejected: 1, problems: { 2: 'row_damaged' } }),
  file('a cell of 100 MB', () => `Lead ID,Email,Note\nL1,a@example.org,${'x'.repeat(100 * 1024 * 1024)}\nL2,b@example.org,\n`, { fault: 'not_a_table' }),
  file('a text longer than a field may be', () => `Lead ID,Email,Name\nL1,a@example.org,${'n'.repeat(5_000)}\nL2,b@example.org,Bob\n`, { new: 1, rejected: 1, problems: { 2: 'too_long' } }),
  file('a key longer than an index holds', () => `Lead ID,Email\n${'k'.repeat(3_000)},a@example.org\nL2,b@example.org\n`, { new: 1, rejected: 1, problems: { 2: 'too_long' } }),
  file('a foreign key longer than an index holds', () => `Deal ID,Deal Name,Contact ID\nD1,Big,${'k'.repeat(3_000)}\nD2,Small,C1\n`, { new: 1, rejected: 1, problems: { 2: 'too_long' } }),
  file('an event told by a very long address', () => `Lead ID,Stage,Date entered,Email\nL1,Won,2026-01-02,\n,Won,2026-01-02,${'a'.repeat(300)}@example.org\n`, { new: 1, rejected: 1 }),
];

const meanings: RecordsFile[] = [
  file('texts that spreadsheets run', 'Lead ID,Email,Name\n=1+1,a@example.org,"=HYPERLINK(""http://x"")"\nL2,b@example.org,+1\nL3,c@example.org,-1\nL4,d@example.org,@sum\nL5,e@example.org,\'=already neutral\n', { new: 5, rows: { 2: { key: '=1+1', name: '=HYPERLINK("http://x")' }, 6: { name: '=already neutral' } } }),
  file('one key in several rows', 'Lead ID,Email,Status\nL1,a@example.org,New\nL2,b@example.org,New\nL1,a@example.org,Working\n', { new: 2, merged: 1, rows: { 4: { status: 'Working' } } }),
  file('addresses that differ in case, spaces and width', 'Email,First Name\nANN@Example.org,Ann\n" ann@example.org ",Ann\nａｎｎ@example.org,\n', { new: 1, merged: 2 }),
  file('an address in look-alike letters of another script', 'Email,First Name\nanna@example.org,Anna\nаnna@example.org,Anna\n', { new: 2 }),
  file('no address, half an address, two addresses', 'Lead ID,Email\nL1,\nL2,bob@\nL3,c@example.org; d@example.org\n', { new: 1, rejected: 2, problems: { 3: 'not_an_email', 4: 'not_an_email' } }),
  file('neither key nor address', 'Lead ID,Email,Name\n,,Ann\nL2,,Bob\n', { new: 1, rejected: 1, problems: { 2: 'needs_one_of' } }),
  file('characters that show nothing or turn the text round', 'Lead ID,Email,Name\nL1,ann\u200b@example.org,\u202eAnn\u2066 Lee\n', { new: 1, rows: { 2: { email: 'ann@example.org' } } }),
  file('days first', 'Lead ID,Email,Create Date\nL1,a@example.org,03/04/2026\nL2,b@example.org,25/04/2026\n', { new: 2, rows: { 2: { enteredAt: '2026-04-03T00:00:00.000Z' } } }),
  file('months first', 'Lead ID,Email,Create Date\nL1,a@example.org,03/04/2026\nL2,b@example.org,04/25/2026\n', { new: 2, rows: { 2: { enteredAt: '2026-03-04T00:00:00.000Z' } } }),
  file('either way round', 'Lead ID,Email,Create Date\nL1,a@example.org,03/04/2026\n', { new: 1, asks: ['dates'] }),
  file('both ways round', 'Lead ID,Email,Create Date\nL1,a@example.org,25/04/2026\nL2,b@example.org,04/25/2026\nL3,c@example.org,03/04/2026\n', { new: 3, asks: ['dates'] }),
  file('days that do not exist, and placeholders', 'Lead ID,Email,Create Date\nL1,a@example.org,31.02.2026\nL2,b@example.org,0000-00-00\nL3,c@example.org,1900-01-01\nL4,d@example.org,2026-02-29\nL5,e@example.org,2028-02-29\n', { new: 1, rejected: 4, problems: { 2: 'not_a_date', 3: 'not_a_date', 4: 'not_a_date', 5: 'not_a_date' } }),
  file('hours that do not exist', 'Lead ID,Email,Create Date\nL1,a@example.org,2026-01-05 25:00\nL2,b@example.org,2026-01-05 13:00 PM\n', { new: 0, rejected: 2 }),
  file('times with zones, halves of days and epochs', 'Lead ID,Email,Create Date\nL1,a@example.org,2026-01-05T10:00:00+05:30\nL2,b@example.org,1/15/2026 12:05 AM\nL3,c@example.org,1767607200000\nL4,d@example.org,1767607200\n', { new: 4, rows: { 2: { enteredAt: '2026-01-05T04:30:00.000Z' }, 3: { enteredAt: '2026-01-15T00:05:00.000Z' }, 4: { enteredAt: '2026-01-05T10:00:00.000Z' }, 5: { enteredAt: '2026-01-05T10:00:00.000Z' } } }),
  file('decimal commas', 'Deal ID,Deal Name,Amount\nD1,A,"1.234,50"\nD2,B,"12,5"\nD3,C,"1.234"\n', { new: 3, rows: { 2: { amount: 1234.5 }, 3: { amount: 12.5 }, 4: { amount: 1234 } } }),
  file('decimal points', 'Deal ID,Deal Name,Amount\nD1,A,"1,234.50"\nD2,B,12.5\nD3,C,"1,234"\n', { new: 3, rows: { 2: { amount: 1234.5 }, 4: { amount: 1234 } } }),
  file('thousands or decimals', 'Deal ID,Deal Name,Amount\nD1,A,"1.234"\n', { new: 1, asks: ['decimals'] }),
  file('numbers with currencies, brackets, spaces and apostrophes', "Deal ID,Deal Name,Amount\nD1,A,€ 300.50\nD2,B,(20.25)\nD3,C,1’200.75\nD4,D,1 200.25 CHF\nD5,E,a lot\n", { new: 4, rejected: 1, problems: { 6: 'not_a_number' }, rows: { 2: { amount: 300.5, currency: 'EUR' }, 3: { amount: -20.25 }, 4: { amount: 1200.75 }, 5: { amount: 1200.25, currency: 'CHF' } } }),
  file('a number too large to be one', () => `Deal ID,Deal Name,Amount\nD1,A,${'9'.repeat(400)}\nD2,B,1e999\n`, { new: 0, rejected: 2 }),
  file('cells that say nothing', 'Lead ID,Email,Status,Amount,Create Date\nL1,a@example.org,NULL,n/a,--\nL2,b@example.org,(blank),-,#N/A\n', { new: 2, rows: { 2: { status: undefined, amount: undefined, enteredAt: undefined } } }),
  file('SQL, HTML and templates as names', "Lead ID,Email,Name\nL1,a@example.org,Robert'); drop table record;--\nL2,b@example.org,<img src=x onerror=alert(1)>\nL3,c@example.org,{{7*7}} ${7*7} %s %n\n", { new: 3, rows: { 2: { name: "Robert'); drop table record;--" }, 3: { name: '<img src=x onerror=alert(1)>' } } }),
  file('events without an id, one of them twice', 'Lead ID,Stage,Date entered\nL1,Working,2026-01-09\nL1,Won,2026-02-20\nL1,Working,2026-01-09\n', { new: 2, merged: 1 }),
  file('deleted in its system', 'Lead ID,Email,Is Deleted\nL1,a@example.org,true\nL2,b@example.org,false\n', { new: 1, rejected: 1, problems: { 2: 'deleted' } }),
];

const strangers: RecordsFile[] = [
  file('nothing', '', { fault: 'file_empty' }), file('white space only', ' \n\t\n \r\n', { fault: 'file_empty' }), file('a mark and nothing else', '\uFEFF', { fault: 'file_empty' }),
  file('a web page saved as .csv', '<!DOCTYPE html><html><title>Sign in</title></html>', { fault: 'web_page' }),
  file('a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', { fault: 'not_a_table' }),
  file('a PDF that is also a table', '%PDF-1.7\nLead ID,Email\nL1,a@example.org\n', { fault: 'not_a_table' }),
  file('XML that reaches for another file', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', { fault: 'not_a_table' }),
  file('JSON', '{"leads":[{"email":"a@example.org"}]}', { fault: 'not_a_table' }),
  { name: 'a picture', bytes: () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), expected: { fault: 'not_a_table' } },
  { name: 'an old Excel file', bytes: () => new Uint8Array(Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.from('Workbook', 'utf16le')])), expected: { fault: 'old_excel' } },
  { name: 'a gzip', bytes: () => Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0]), expected: { fault: 'not_a_table' } },
  { name: 'noise', bytes: () => Uint8Array.from({ length: 40_000 }, (_, index) => 128 + ((index * 7919) % 127)), expected: { mappingFault: 'needs_one_of' } },
];

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const zeros = () => Buffer.alloc(80 * 1024 * 1024, 32);

const workbooks: RecordsFile[] = [
  { name: 'a workbook', bytes: () => toXlsx([{ name: 'Leads', rows: [['Lead ID', 'Email', 'Name'], ['L1', 'a@example.org', '=1+1'], ['L1', 'a@example.org', 'Ann'], ['', '', 'nobody']] }]), expected: { new: 1, merged: 1, rejected: 1, problems: { 4: 'needs_one_of' } } },
  { name: 'a workbook with a title above its headings', bytes: () => toXlsx([{ name: 'Leads', rows: [['Leads of May'], [''], ['Lead ID', 'Email'], ['L1', 'a@example.org']] }]), expected: { new: 1, rows: { 4: { key: 'L1', email: 'a@example.org' } } } },
  { name: 'a workbook that grows to 80 MB', bytes: () => rawZip([{ name: 'xl/workbook.xml', data: `<workbook ${MAIN}/>` }, { name: 'xl/worksheets/sheet1.xml', data: zeros(), deflate: true }]), expected: { fault: 'archive_bomb' } },
  { name: 'the same, claiming to be small', bytes: () => rawZip([{ name: 'xl/workbook.xml', data: `<workbook ${MAIN}/>` }, { name: 'xl/worksheets/sheet1.xml', data: zeros(), deflate: true, claimedSize: 100 }]), expected: { fault: 'archive_bomb' } },
  { name: 'an archive in an archive', bytes: () => rawZip([{ name: 'leads.xlsx', data: Buffer.from(rawZip([{ name: 'xl/workbook.xml', data: 'x' }])) }]), expected: { fault: 'not_a_table' } },
  { name: 'an archive of CSV files', bytes: () => rawZip([{ name: 'leads.csv', data: 'Lead ID,Email\n' }]), expected: { fault: 'not_a_table' } },
  { name: 'an archive that climbs out of the folder', bytes: () => rawZip([{ name: '../../etc/cron.d/x.xml', data: 'x' }]), expected: { fault: 'archive_unsafe' } },
  { name: 'an archive with a link', bytes: () => rawZip([{ name: 'xl/link.xml', data: '/etc/passwd', mode: 0o120777 }]), expected: { fault: 'archive_unsafe' } },
  { name: 'a workbook that reaches for another file', bytes: () => rawZip([{ name: 'xl/workbook.xml', data: `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook ${MAIN}>&e;</workbook>` }]), expected: { fault: 'archive_unsafe' } },
  { name: 'a workbook cut off on its way', bytes: async () => (await toXlsx([{ name: 'Leads', rows: [['Lead ID'], ['L1']] }])).subarray(0, 400), expected: { fault: 'archive_damaged' } },
];

export const recordsCells: readonly RecordsFile[] = [...sizes, ...meanings, ...strangers, ...workbooks];
