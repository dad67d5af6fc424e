import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Answered } from '../../../ui/page';
import { dayText } from '../../../ui/when';
import { agreementsCalls } from './calls';
import css from './agreements.module.css';
import { promiseText, sideText, t, termsText } from './text';

/** Every wording an agreement ever had, who proposed it and who signed. */
export const HistoryDrawer = ({ workspace, of, onClose }: { workspace: string; of: { id: string; name: string } | null; onClose: () => void }) => (
  <Drawer opened={of !== null} onClose={onClose} position="right" size={420} title={of ? t('history.title', { name: of.name }) : ''} closeButtonProps={{ 'aria-label': t('close') }}>
    {of && <Versions workspace={workspace} id={of.id} />}
  </Drawer>
);

const Versions = ({ workspace, id }: { workspace: string; id: string }) => {
  const history = useQuery(agreementsCalls.history.queryOptions({ input: { workspace, id } }));
  return (
    <Answered query={history}>
      {({ versions }) => (
        <ol className={css.list} reversed>
          {versions.map((version) => (
            <li key={version.version} style={{ display: 'block' }}>
              <strong>{t('history.version', { version: version.version })}</strong> <span className="meta">{t(`history.state.${version.state}`)}</span>
              <p className={css.wording} data-user-text>{version.ends ? t('history.ends') : (version.term?.text ?? (version.commitment ? `${promiseText(version.commitment)}. ${termsText(version.commitment)}` : ''))}</p>
              {version.note && <p className={css.wording} data-user-text style={{ color: 'var(--ink-2)' }}>{version.note}</p>}
              <div className="meta">{version.proposedSide ? t('waiting.by', { side: sideText(version.proposedSide).toLowerCase() }) : t('waiting.prepared', { name: version.proposedBy })}, {dayText(version.proposedAt)}</div>
              {version.signatures.map((each) => <div key={each.side} className="meta">{t('history.signature', { side: sideText(each.side), name: each.name, date: dayText(each.signedAt) })}</div>)}
            </li>
          ))}
        </ol>
      )}
    </Answered>
  );
};
