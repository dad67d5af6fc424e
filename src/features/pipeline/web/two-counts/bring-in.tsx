import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRight } from '../use-right';
import css from './two-counts.module.css';
import { t } from './text';

/** The way to the first export, for those who may bring one in; the others read whom to ask. */
export const BringIn = ({ workspace, label }: { workspace: string; label: string }) =>
  useRight(workspace, 'pipeline:setup') ? <Button component={Link} to={`/w/${workspace}/customers/imports`}>{label}</Button> : <p className={css.quiet}>{t('empty.ask')}</p>;
