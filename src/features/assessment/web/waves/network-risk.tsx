import { t } from './text';
import css from './waves.module.css';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What the address respondents open means for them: readable on the way without https, unreachable when it names this machine only. */
export const NetworkRisk = ({ address }: { address: string }) => {
  const { protocol, hostname } = new URL(address);
  const alone = LOOPBACK.test(hostname);
  if (protocol === 'https:') return null;
  return (
    <>
      {alone && <p className={css.note}>{t('risk.loopback', { address })}</p>}
      <p className={css.note}>{t('risk.http')}</p>
    </>
  );
};
