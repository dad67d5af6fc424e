import { ActionIcon, Menu, Table } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import messages from './messages.en.json';
import { texts } from './texts';

const t = texts(messages);

export type Drawing = { svg: string; finding: string; table: { columns: string[]; rows: (string | number | null)[][] } };

/** A drawing made by the server (the same that reports print), its sentence, its table and a way to take it along. */
export const ChartFigure = ({ drawing, title = true }: { drawing: Drawing; title?: boolean }) => {
  const [asTable, setAsTable] = useState(false);
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([drawing.svg], { type: 'image/svg+xml' }));
    link.download = `${drawing.finding.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
  };
  return (
    <figure style={{ margin: 0 }}>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
        <figcaption className={title ? 'lead' : 'visually-hidden'}>{drawing.finding}</figcaption>
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon className="no-print" variant="subtle" style={{ marginLeft: 'auto' }} color="ink" aria-label={t('chart.more')}><IconDots size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsTable(!asTable)}>{asTable ? t('chart.chart') : t('chart.table')}</Menu.Item>
            <Menu.Item onClick={download}>{t('chart.download')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {asTable ? (
        <Table.ScrollContainer minWidth={320}>
          <Table>
            <Table.Thead><Table.Tr>{drawing.table.columns.map((column) => <Table.Th key={column}>{column}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{drawing.table.rows.map((row, index) => <Table.Tr key={index}>{row.map((cell, at) => <Table.Td key={at}>{cell}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : (
        // Made by our own server from gated values; every text in it was escaped there.
        <div style={{ overflowX: 'auto' }} dangerouslySetInnerHTML={{ __html: drawing.svg }} />
      )}
    </figure>
  );
};
