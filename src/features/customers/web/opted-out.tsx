import { IconBan } from '@tabler/icons-react';
import { texts } from '../../../ui/texts';
import words from '../messages/opt-out.en.json';

const t = texts(words);

/** Says that somebody opted out, in the same word and shape wherever a person could act on it. `whole`: with what follows from it. */
export const OptedOut = ({ whole = false }: { whole?: boolean }) => (
  <strong style={{ display: 'inline-flex', gap: 4, alignItems: 'baseline', fontWeight: 600, color: 'var(--ink)', whiteSpace: whole ? 'normal' : 'nowrap' }}>
    <IconBan size={14} aria-hidden="true" style={{ flex: 'none', alignSelf: 'center' }} />
    {t(whole ? 'whole' : 'word')}
  </strong>
);
