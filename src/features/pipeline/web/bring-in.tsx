import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { texts } from '../../../ui/texts';
import messages from '../messages/bring-in.en.json';
import css from './pipeline.module.css';
import { useRight } from './use-right';

const t = texts(messages);

/** The way to the first export, for those who may bring one in; the others read whom to ask. */
export const BringIn = ({ workspace, label }: { workspace: string; label: string }) =>
  useRight(workspace, 'pipeline:setup') ? <Button component={Link} to={`/w/${workspace}/customers/imports`} style={{ alignSelf: 'flex-start' }}>{label}</Button> : <p className={css.quiet}>{t('bringIn.ask')}</p>;
