import type { CorpusFile } from './corpus-file';

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const file = (name: string, text: string | (() => string), expected: CorpusFile['expected']): CorpusFile => ({ name, bytes: () => utf8(typeof text === 'string' ? text : text()), expected });
const bytesOf = (name: string, bytes: readonly number[], expected: CorpusFile['expected'], filler = ''): CorpusFile => ({
  name,
  bytes: () => new Uint8Array(Buffer.concat([Buffer.from(bytes), Buffer.from(filler, 'utf16le')])),
  expected,
});

const quotes: CorpusFile[] = [
  file('line ends inside quotes', 'name,email\n"Ann\nLee",a@example.org\nBob,b@example.org\n', { new: 2, people: { 2: { name: 'Ann Lee' }, 4: { name: 'Bob' } } }),
  file('doubled quotes', 'name,email\n"Ann ""Jo"" Lee",a@example.org\n', { new: 1, people: { 2: { name: 'Ann "Jo" Lee' } } }),
  file('a quote that is never closed, in the middle', 'name,email\n"Ann,a@example.org\nBob,b@example.org\n"Roe, Cy",c@example.org\n', { new: 3, table: ['quote_never_closed'], people: { 4: { name: 'Cy Roe' } } }),
  file('a quote that is never closed, in the last line', 'name,email\nAnn,a@example.org\n"Bob,b@example.org', { new: 2, table: ['quote_never_closed'] }),
  file('a quote inside a cell', 'name,email\nAnn "Jo" Lee,a@example.org\n5" Bob,b@example.org\n', { new: 2, people: { 2: { name: 'Ann "Jo" Lee' } } }),
  file('text after a closing quote', 'name,email\n"Ann" Lee,a@example.org\n', { new: 1, table: ['quote_never_closed'], people: { 2: { name: '"Ann" Lee' } } }),
  file('spaces around quotes', 'name,email\n "Lee, Ann" , "a@example.org" \n', { new: 1, people: { 2: { name: 'Ann Lee', key: 'a@example.org' } } }),
  file('fifty thousand quotes that are never closed', () => 'name,email\n' + '"Ann,a@example.org\n'.repeat(50_000), { new: 1, merged: 49_999, table: ['quote_never_closed'] }),
];

const headings: CorpusFile[] = [
  file('the same heading three times', 'name,email,site,site,Site\nAnn,a@example.org,,Lyon,\n', { new: 1, table: ['duplicate_heading'], people: { 2: { site: 'Lyon' } } }),
  file('empty headings over filled columns', 'name,,email\nAnn,?,a@example.org\n', { new: 1, table: ['empty_heading'] }),
  file('headings that name parts of objects', '__proto__,constructor,email,toString,name\n1,2,a@example.org,3,Ann\n', { new: 1, people: { 2: { name: 'Ann' } } }),
  file('no heading for the address', 'Name,Login\nAnn,a@example.org\nBob,b@example.org\n', { new: 2 }),
  file('no headings at all', 'Ann,a@example.org\nBob,b@example.org\n', { mappingFault: 'no_headings' }),
  file('no addresses at all', 'Name,Shoe size\nAnn,38\n', { mappingFault: 'no_email_column' }),
  file('headings only', 'name,email\n', { new: 0 }),
  file('a heading over two lines', '"E-Mail\n(geschäftlich)",Name\na@example.org,Ann\n', { new: 1 }),
  file('job titles under "function"', 'email,name,function\na@example.org,Ann,Key account manager\nb@example.org,Bob,Trade fair planner\n', { new: 2, people: { 2: { function: undefined } } }),
];

const sizes: CorpusFile[] = [
  file('100,000 columns', () => 'email,' + 'x,'.repeat(100_000) + '\n', { fault: 'too_many_columns' }),
  file('a row of 100,000 cells', () => 'email,name\na@example.org,Ann\nb@example.org' + ',x'.repeat(100_000) + '\nc@example.org,Cy\n', { new: 2, rejected: 1, rows: ['too_many_cells'] }),
  file('rows shorter than the headings', 'email,name,site\na@example.org\nb@example.org,Bob\n', { new: 2, rows: ['name_from_email'] }),
  file('a cell of a million characters', () => `email,name\na@example.org,${'x'.repeat(1_000_000)}\nb@example.org,Bob\n`, { new: 1, rejected: 1, rows: ['cell_too_long'] }),
  file('a quoted cell of eight million characters', () => `email,name\na@example.org,"${'x y\n'.repeat(40)}${'z'.repeat(8_000_000)}"\nb@example.org,Bob\n`, { new: 1, rejected: 1, rows: ['cell_too_long'] }),
  file('a name of 300 characters', () => `email,name\na@example.org,${'n'.repeat(300)}\n`, { new: 1, rows: ['text_too_long', 'name_from_email'] }),
  file('200,001 rows', () => 'email\n' + 'a@example.org\n'.repeat(200_001), { fault: 'too_many_rows' }),
  { name: 'one byte over the size limit', bytes: () => new Uint8Array(24 * 1024 * 1024 + 1).fill(97), expected: { fault: 'file_too_big' } },
  file('24 MB in one line without an end', () => 'email,name\n' + 'a'.repeat(24 * 1024 * 1024 - 20), { new: 0, rejected: 1, rows: ['cell_too_long'] }),
];

const meanings: CorpusFile[] = [
  file('texts that spreadsheets run', "email,name\na@example.org,=HYPERLINK(\"http://x\")\nb@example.org,+1\nc@example.org,-1\nd@example.org,@sum\ne@example.org,'=already neutral\nf@example.org,＝1\n", {
    new: 6,
    people: { 2: { name: '=HYPERLINK("http://x")' }, 6: { name: '=already neutral' }, 7: { name: '=1' } },
  }),
  file('addresses that differ in case, spaces and width', 'email,name\nANN@Example.org,Ann\n" ann@example.org ",Ann\nａｎｎ@example.org,\n', { new: 1, merged: 2 }),
  file('one address, two people', 'email,name\nteam@example.org,Ann\nteam@example.org,Bob\n', { new: 1, rejected: 1, rows: ['duplicate_differs'] }),
  file('look-alike letters in addresses', 'email,name\nanna@example.org,Anna\nаnna@example.org,Anna\n', { new: 2, rows: ['email_mixed_script', 'email_looks_like'] }),
  file('addresses in another script', 'email,name\nанна@пример.рф,Анна\n', { new: 1, rows: ['email_other_script'], people: { 2: { name: 'Анна' } } }),
  file('characters that show nothing or turn the text round', 'email,name\nann\u200b@example.org,\u202eAnn\u2066 Lee\n', { new: 1, people: { 2: { key: 'ann@example.org', name: 'Ann Lee' } } }),
  file('no address, half an address, two addresses', 'email,name\n,Ann\nbob@,Bob\n"c@example.org; d@example.org",Cy\n', { new: 0, rejected: 3, rows: ['email_missing', 'email_invalid'] }),
  file('days first', 'email,name,start date\na@example.org,Ann,03/04/2020\nb@example.org,Bob,25/04/2020\n', { new: 2, people: { 2: { startDate: '2020-04-03' } } }),
  file('months first', 'email,name,start date\na@example.org,Ann,03/04/2020\nb@example.org,Bob,04/25/2020\n', { new: 2, people: { 2: { startDate: '2020-03-04' } } }),
  file('days first and months first mixed', 'email,name,start date\na@example.org,Ann,25/04/2020\nb@example.org,Bob,04/25/2020\n', { new: 2, rows: ['date_unreadable'], people: { 2: { startDate: '2020-04-25' }, 3: { startDate: undefined } } }),
  file('days that do not exist', 'email,name,start date\na@example.org,Ann,31.02.2020\nb@example.org,Bob,0000-00-00\n', { new: 2, rows: ['date_unreadable'] }),
  file('day numbers of a spreadsheet', 'email,name,start date\na@example.org,Ann,43831\n', { new: 1, people: { 2: { startDate: '2020-01-01' } } }),
  file('managers in a circle', 'email,name,manager\na@example.org,Ann,b@example.org\nb@example.org,Bob,a@example.org\n', { new: 2, rows: ['manager_cycle'] }),
  file('their own manager', 'email,name,manager\na@example.org,Ann,Ann\n', { new: 1, rows: ['manager_self'] }),
  file('managers nobody knows, or two know', 'email,name,manager\na@example.org,Ann,Zed\nb@example.org,Sam,\nc@example.org,Sam,\nd@example.org,Dee,Sam\n', { new: 4, rows: ['manager_unknown', 'manager_ambiguous'] }),
  file('words nobody knows', 'email,name,function,level,worked in other function\na@example.org,Ann,sales,leader,yes\nb@example.org,Bob,growth,wizard,perhaps\n', { new: 2, rows: ['function_unknown', 'level_unknown', 'yes_no_unreadable'] }),
];

const strangers: CorpusFile[] = [
  file('nothing', '', { fault: 'file_empty' }),
  file('white space only', ' \n\t\n \r\n', { fault: 'file_empty' }),
  file('a mark and nothing else', '\uFEFF', { fault: 'file_empty' }),
  file('a web page saved as .xls', '\n<html><table><tr><td>Name</td></tr></table></html>', { fault: 'web_page' }),
  file('JSON', '{"name":"Ann","email":"a@example.org"}', { fault: 'not_a_table' }),
  file('XML that reaches for another file', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', { fault: 'not_a_table' }),
  file('a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', { fault: 'not_a_table' }),
  file('a PDF', '%PDF-1.7\nname,email\na,b\n', { fault: 'not_a_table' }),
  file('rich text', '{\\rtf1\\ansi name,email}', { fault: 'not_a_table' }),
  bytesOf('a picture', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], { fault: 'not_a_table' }),
  bytesOf('a gzip', [0x1f, 0x8b, 8, 0, 0, 0], { fault: 'not_a_table' }),
  bytesOf('an old Excel file', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], { fault: 'old_excel' }, 'Workbook'),
  bytesOf('an Excel file with a password', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], { fault: 'locked_excel' }, 'EncryptedPackage'),
  { name: 'noise', bytes: () => Uint8Array.from({ length: 40_000 }, (_, index) => 128 + ((index * 7919) % 127)), expected: { mappingFault: 'no_email_column' } },
];

export const corpusOfSlips: readonly CorpusFile[] = [...quotes, ...headings, ...sizes, ...meanings, ...strangers];
