import { FunctionLabel } from '../../../ui/function-mark';
import type { PersonView } from './calls';
import css from './people.module.css';
import { levelText, t } from './text';

/** A value that a rule filled in is marked, since a rule may change it again. */
const Ruled = ({ person, field, children }: { person: PersonView; field: 'function' | 'level' | 'territory'; children: React.ReactNode }) =>
  person.byRule.includes(field) ? <span className={css.rule} title={t(`byRule.${field}`)}>{children}</span> : <>{children}</>;

const None = () => <span className={css.quiet}>{t('value.none')}</span>;

export const FunctionValue = ({ person }: { person: PersonView }) => (person.function ? <Ruled person={person} field="function"><FunctionLabel fn={person.function} /></Ruled> : <None />);
export const LevelValue = ({ person }: { person: PersonView }) => (person.level ? <Ruled person={person} field="level">{levelText(person.level)}</Ruled> : <None />);
export const TerritoryValue = ({ person }: { person: PersonView }) => (person.territory ? <Ruled person={person} field="territory">{person.territory}</Ruled> : <None />);
