import { BOM, toCsv, type CsvValue } from '../../lib/csv';
import { toXlsx } from '../../platform/files/write-xlsx';
import type { ListedPerson } from './repo';

const HEADINGS = ['Name', 'E-mail', 'Function', 'Level', 'Territory', 'Manager e-mail address', 'Start date', 'Worked in other function', 'Department', 'Site'];

const yesNo = (value: boolean | null): string => (value === null ? '' : value ? 'yes' : 'no');

/** People as a file whose headings the import recognises, so that importing it again changes nothing. */
export const exportPeople = async (people: readonly ListedPerson[], managers: ReadonlyMap<string, string>, format: 'csv' | 'xlsx', day: string): Promise<File> => {
  const rows: CsvValue[][] = people.map((row) => [
    row.name, row.email, row.function, row.level, row.territory, row.managerId === null ? null : managers.get(row.managerId), row.startDate, yesNo(row.workedInOtherFunction), row.department, row.site,
  ]);
  const table = [HEADINGS, ...rows];
  if (format === 'csv') return new File([BOM + toCsv(table)], `people-${day}.csv`, { type: 'text/csv;charset=utf-8' });
  const bytes = await toXlsx([{ name: 'People', rows: table, widths: [24, 30, 12, 12, 16, 30, 12, 12, 22, 16] }]);
  return new File([new Uint8Array(bytes)], `people-${day}.xlsx`, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
};
