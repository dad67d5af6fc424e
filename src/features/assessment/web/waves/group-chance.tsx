import { LIKELY } from '../../domain/reportability';
import { functionName } from '../../../../ui/function-mark';
import { t } from './text';
import { chanceOf, type Plan } from './wave-state';
import css from './waves.module.css';

export type Block = Plan['shapes'][number]['blocks'][number];

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/** What a group adds to the one above it: "managers", "North + South". */
export const partName = (block: Block, parent: Block | undefined): string => {
  if (!parent) return t('plan.all', { fn: functionName(block.path.function) });
  const { levels, territories } = block.path;
  const ofLevel = String(levels) !== String(parent.path.levels);
  return ofLevel ? (levels ?? []).map((level) => t(`level.${level}`)).join(' + ') : (territories ?? []).map((territory) => territory || t('noTerritory')).join(' + ');
};

const parentOf = (block: Block, blocks: Block[]): Block | undefined => blocks.slice(0, blocks.indexOf(block)).reverse().find((each) => each.depth < block.depth);

/** One planned group: how many are asked, and how likely it is to be shown, in words, in per cent and as a bar. */
export const GroupChance = ({ block, blocks }: { block: Block; blocks: Block[] }) => {
  const unlikely = block.shown < LIKELY;
  return (
    <div className={css.group} style={{ paddingLeft: block.depth * 12 }}>
      <span>{partName(block, parentOf(block, blocks))} <span className="meta">{t('plan.invited', { count: block.invited })}</span></span>
      <span>{percent.format(block.shown)}</span>
      <span className={css.bar} data-unlikely={unlikely} aria-hidden="true"><i style={{ width: `${block.shown * 100}%` }} /></span>
      <span className="meta" style={{ gridColumn: '1 / -1' }}>{t(`chance.${chanceOf(block.shown)}`)}{unlikely && block.amongOthers >= 0.1 ? ` · ${t('chance.others', { share: percent.format(block.amongOthers) })}` : ''}</span>
    </div>
  );
};
