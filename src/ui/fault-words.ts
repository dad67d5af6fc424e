import { faultOf, type Fault } from '../browser/rpc';
import messages from './messages.en.json';
import { texts } from './texts';

const t = texts(messages);

/** The server's own program failed: it can say neither what happened nor what to do. */
const isBroken = ({ status, todo }: Fault): boolean => status >= 500 && todo === '';

/** What happened when something was to be shown, and what to do. */
export const readingFailed = (error: unknown): { what: string; todo: string } => {
  const fault = faultOf(error);
  if (fault.status === 0) return { what: t('error.unreachable'), todo: t('error.unreachable.todo') };
  if (isBroken(fault)) return { what: t('error.broken'), todo: t('error.broken.todo') };
  return { what: fault.message, todo: fault.todo };
};

/** What happened when something was to be done or saved, whether it was, and what to do. */
export const savingFailed = (error: unknown): string => {
  const fault = faultOf(error);
  if (fault.status === 0) return t('error.offline');
  if (isBroken(fault)) return `${t('error.broken')} ${t('error.broken.unsure')}`;
  return `${fault.message} ${fault.todo}`;
};
