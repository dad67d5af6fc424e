import { ActionIcon, Button, CopyButton, Table, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Answered } from '../../../../ui/page';
import { assessmentCalls, type AssessmentOutputs } from '../calls';
import { t } from './text';
import css from './waves.module.css';

type Way = AssessmentOutputs['links'][number];
const AT_ONCE = 100;

/** Everybody's own link and code, shown only when asked for: whoever holds one can answer in that person's place. */
export const PersonalLinks = ({ workspace, wave }: { workspace: string; wave: string }) => {
  const [shown, setShown] = useState(false);
  const links = useQuery(assessmentCalls.links.queryOptions({ input: { workspace, wave }, enabled: shown, staleTime: 60_000, gcTime: 0 }));
  return (
    <section className={`panel ${css.section}`}>
      <h2 className={css.heading}>{t('links.title')}</h2>
      <p className={css.quiet}>{t('links.text')}</p>
      {shown ? <Answered query={links} rows={4}>{(list) => <Found list={list} />}</Answered> : <div><Button variant="default" onClick={() => setShown(true)}>{t('links.show')}</Button></div>}
    </section>
  );
};

const Found = ({ list }: { list: Way[] }) => {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const named = list.filter((way) => way.name !== null);
  const found = named.filter((way) => `${way.name} ${way.email} ${way.group}`.toLowerCase().includes(wanted));
  return (
    <>
      <TextInput label={t('links.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} autoFocus />
      {found.length === 0 ? <p>{named.length === 0 ? t('links.onlySlips') : t('links.none', { search })}</p> : (
        <div className={css.links} tabIndex={0} role="group" aria-label={t('links.title')}>
          <Table verticalSpacing={6} striped={false}>
            <Table.Thead><Table.Tr><Table.Th>{t('links.name')}</Table.Th><Table.Th className={css.apart}>{t('links.code')}</Table.Th><Table.Th><span className="visually-hidden">{t('links.link')}</span></Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{found.slice(0, AT_ONCE).map((way) => <Row key={way.link} way={way} />)}</Table.Tbody>
          </Table>
        </div>
      )}
      {found.length > AT_ONCE && <p className="meta">{t('links.more', { shown: AT_ONCE, all: found.length })}</p>}
    </>
  );
};

const Row = ({ way }: { way: Way }) => (
  <Table.Tr>
    <Table.Td>{way.name}<div className="meta">{way.email}</div><div className={`${css.code} ${css.under}`}>{way.code}</div></Table.Td>
    <Table.Td className={`${css.code} ${css.apart}`}>{way.code}</Table.Td>
    <Table.Td style={{ textAlign: 'right' }}>
      <CopyButton value={way.link}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('links.copied') : t('links.copy')}>
            <ActionIcon size="lg" variant="default" onClick={copy} aria-label={copied ? t('links.copiedOf', { name: way.name }) : t('links.copyOf', { name: way.name })}>{copied ? <IconCheck size={16} /> : <IconCopy size={16} />}</ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Table.Td>
  </Table.Tr>
);
