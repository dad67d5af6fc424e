import { t } from './text';
import css from './waves.module.css';
import type { Shown } from './wave-state';

export const StateChip = ({ state }: { state: Shown }) => <span className={css.chip} data-state={state}>{t(`state.${state}`)}</span>;
