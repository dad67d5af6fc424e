import { ROLES, type Role } from '../../../lib/vocabulary';
import css from './settings.module.css';
import { t } from './text';

export const roleName = (role: Role): string => t(`role.${role}`);

/** Roles and heads in plain words. */
export const RolesExplained = () => (
  <aside className={`panel ${css.aside}`} aria-labelledby="roles">
    <h2 id="roles">{t('roles.title')}</h2>
    <dl>
      {ROLES.map((role) => <div key={role}><dt>{roleName(role)}</dt><dd>{t(`role.${role}.may`)}</dd></div>)}
      <div><dt>{t('roles.head')}</dt><dd>{t('roles.head.may')}</dd></div>
    </dl>
    <p>{t('roles.answers')}</p>
  </aside>
);
