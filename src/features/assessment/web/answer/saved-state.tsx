/** @jsxImportSource preact */
import { useSpeech } from './messages';
import type { SessionView } from './session';

/** Whether what was ticked is safe, told to screen readers when it changes. */
export const SavedState = ({ view, kiosk }: { view: SessionView; kiosk: boolean }) => {
  const { t } = useSpeech();
  const key = !view.safe ? 'saved.no' : kiosk ? 'saved.kiosk' : view.online ? 'saved.yes' : 'saved.offline';
  return <span role="status">{t(key)}</span>;
};
