import { ActionIcon, Checkbox } from '@mantine/core';
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { PersonView } from './calls';
import css from './people.module.css';
import type { PeopleSearch, Sort } from './search';
import { t } from './text';
import { FunctionValue, LevelValue, TerritoryValue } from './value';

type Props = {
  rows: PersonView[];
  search: PeopleSearch;
  chosen: ReadonlySet<string>;
  /** Absent for readers, who change nothing. */
  onChoose?: (chosen: ReadonlySet<string>) => void;
  onSort: (sort: Sort, order: 'asc' | 'desc') => void;
  onOpen: (id: string) => void;
};

const COLUMNS: { key: Sort | 'manager'; sortable: boolean }[] = [
  { key: 'name', sortable: true }, { key: 'function', sortable: true }, { key: 'level', sortable: true }, { key: 'territory', sortable: true }, { key: 'department', sortable: true }, { key: 'manager', sortable: false },
];

/** Arrow keys go from person to person, Enter opens, Space chooses. */
const move = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-person]')];
  const at = all.findIndex((each) => each.closest('[data-row]')?.contains(document.activeElement));
  const next = all[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
};

const Flag = ({ person }: { person: PersonView }) =>
  person.emailFlag ? <span title={t(`flag.${person.emailFlag}`)}><IconAlertTriangle size={14} aria-label={t(`flag.${person.emailFlag}`)} style={{ verticalAlign: -2, marginLeft: 4 }} /></span> : null;

const Name = ({ person, onOpen }: { person: PersonView; onOpen: (id: string) => void }) => (
  <>
    <button type="button" className={css.name} data-person onClick={() => onOpen(person.id)}>{person.name}</button>
    <div className="meta">{person.email}<Flag person={person} />{person.reports > 0 && <> · {t('list.reports', { count: person.reports })}</>}</div>
  </>
);

const toggled = (chosen: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
};

const Tick = ({ person, chosen, onChoose }: { person: PersonView } & Pick<Props, 'chosen' | 'onChoose'>) =>
  onChoose ? <Checkbox size="sm" aria-label={t('list.choose', { name: person.name })} checked={chosen.has(person.id)} onChange={() => onChoose(toggled(chosen, person.id))} /> : null;

export const PeopleTable = (props: Props) => {
  if (props.rows.length === 0) return <p className="panel" style={{ margin: 0 }}>{t('list.nobody')}</p>;
  return (
    <>
      <Wide {...props} />
      <ul className={`${css.cards} ${css.narrow}`} onKeyDown={move}>
        {props.rows.map((person) => (
          <li key={person.id} className={css.card} data-row>
            <div style={{ paddingTop: 4 }}><Tick person={person} chosen={props.chosen} onChoose={props.onChoose} /></div>
            <div>
              <Name person={person} onOpen={props.onOpen} />
              <div className={css.facts}><FunctionValue person={person} />{person.level && <span><LevelValue person={person} /></span>}{person.territory && <span><TerritoryValue person={person} /></span>}</div>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
};

const Wide = ({ rows, search, chosen, onChoose, onSort, onOpen }: Props) => {
  const all = rows.every((person) => chosen.has(person.id));
  const sort = search.sort ?? 'name';
  const order = search.order ?? 'asc';
  return (
    <div className={`${css.scroll} ${css.wide}`}>
      <table className={css.table} onKeyDown={move} aria-label={t('list.table')}>
        <thead>
          <tr>
            {onChoose && <th className={css.tick}><Checkbox size="sm" aria-label={t('list.chooseAll')} checked={all} indeterminate={!all && chosen.size > 0} onChange={() => onChoose(all ? new Set() : new Set(rows.map((person) => person.id)))} /></th>}
            {COLUMNS.map(({ key, sortable }) => (
              <th key={key} scope="col" aria-sort={key === sort ? (order === 'asc' ? 'ascending' : 'descending') : undefined}>
                {sortable && key !== 'manager' ? (
                  <button type="button" className={css.sort} aria-label={t('list.sort', { field: t(`field.${key}`) })} onClick={() => onSort(key, key === sort && order === 'asc' ? 'desc' : 'asc')}>
                    {t(`field.${key}`)}{key === sort && (order === 'asc' ? <IconArrowUp size={12} /> : <IconArrowDown size={12} />)}
                  </button>
                ) : t(`field.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((person) => (
            <tr key={person.id} data-row data-chosen={chosen.has(person.id) || undefined}>
              {onChoose && <td className={css.tick}><Tick person={person} chosen={chosen} onChoose={onChoose} /></td>}
              <td><Name person={person} onOpen={onOpen} /></td>
              <td><FunctionValue person={person} /></td>
              <td><LevelValue person={person} /></td>
              <td><TerritoryValue person={person} /></td>
              <td>{person.department ?? <span className={css.quiet}>{t('value.none')}</span>}</td>
              <td>{person.managerName ?? <span className={css.quiet}>{t('value.none')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

export const Pager = ({ page, size, total, onPage }: { page: number; size: number; total: number; onPage: (page: number) => void }) => {
  if (total <= size) return null;
  const last = Math.ceil(total / size);
  return (
    <div className={css.pager}>
      <span className="meta">{t('list.shown', { from: (page - 1) * size + 1, to: Math.min(page * size, total), total })}</span>
      <ActionIcon variant="default" size={32} aria-label={t('list.previous')} disabled={page <= 1} onClick={() => onPage(page - 1)}><IconChevronLeft size={16} /></ActionIcon>
      <ActionIcon variant="default" size={32} aria-label={t('list.next')} disabled={page >= last} onClick={() => onPage(page + 1)}><IconChevronRight size={16} /></ActionIcon>
    </div>
  );
};
