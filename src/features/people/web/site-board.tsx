import { Autocomplete } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sayFault } from '../../../ui/notify';
import { peopleCalls } from './calls';
import css from './people.module.css';
import { t } from './text';
import { useChanged } from './use-changed';

export type Site = { label: string; people: number; withoutTerritory: number; territory: string | null };

/** One row per site and the territory that its people belong to; saved when the field is left. */
export const SiteBoard = ({ workspace, groups, editor }: { workspace: string; groups: Site[]; editor: boolean }) => {
  const changed = useChanged(workspace);
  const say = useMutation(peopleCalls.setSites.mutationOptions({
    onSuccess: (result, { rules }) => changed.told(t('sites.done', { site: rules[0]?.site ?? '', count: result.changed }), result.changeSet),
    onError: sayFault,
  }));
  const known = [...new Set(groups.flatMap((group) => (group.territory === null ? [] : [group.territory])))];
  return (
    <div className={css.board}>
      {groups.filter((group) => group.label !== '').map((group) => (
        <div key={`${group.label}:${group.territory ?? ''}`} className={css.siteRow}>
          <div style={{ fontWeight: 500 }}>{group.label}</div>
          <div className="meta">{t('departments.people', { count: group.people })}{group.withoutTerritory > 0 && t('sites.open', { count: group.withoutTerritory })}</div>
          <Territory site={group} known={known} disabled={!editor} onSay={(territory) => say.mutate({ workspace, rules: [{ site: group.label, territory }] })} />
        </div>
      ))}
    </div>
  );
};

const Territory = ({ site, known, disabled, onSay }: { site: Site; known: string[]; disabled: boolean; onSay: (territory: string | null) => void }) => {
  const [text, setText] = useState(site.territory ?? '');
  const done = (value: string) => {
    const territory = value.trim() || null;
    if (territory !== site.territory) onSay(territory);
  };
  return (
    <Autocomplete
      aria-label={t('sites.label', { site: site.label })} placeholder={t(site.withoutTerritory > 0 ? 'sites.placeholder' : 'sites.alone')} data={known} maxLength={120} disabled={disabled} value={text}
      onChange={setText} onBlur={() => done(text)} onOptionSubmit={done} onKeyDown={(event) => { if (event.key === 'Enter') done(text); }}
    />
  );
};
