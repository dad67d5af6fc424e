/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { addressOf } from './link';
import { useSpeech } from './messages';
import type { Session } from './session';

const QUIET_ZONE = 4;

/** An SVG path of the dark modules; drawn dark on light in either theme, as cameras expect it. */
const drawn = async (text: string): Promise<{ size: number; path: string; address: string }> => {
  const { encode } = await import('uqr');
  const { data, size } = encode(text, { ecc: 'L', border: QUIET_ZONE });
  return { size, address: text, path: data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('') };
};

/** Link, answers and ballot as a picture for another device's camera; nothing goes over the network. */
export const Elsewhere = ({ session }: { session: Session }) => {
  const { t } = useSpeech();
  const [code, setCode] = useState<Awaited<ReturnType<typeof drawn>> | 'failed'>();
  const { opened } = session;

  const show = async () => {
    const address = addressOf({ wave: opened.wave, token: opened.token, h: opened.h, carried: session.carried() });
    setCode(await drawn(new URL(address, location.href).href).catch(() => 'failed' as const));
  };

  if (!code) return <p><button class="plain" onClick={() => void show()}>{t('elsewhere.title')}</button></p>;
  return (
    <section class="elsewhere" aria-label={t('elsewhere.title')}>
      {code === 'failed' ? (
        <p role="alert">{t('elsewhere.failed')}</p>
      ) : (
        <>
          <p>{t('elsewhere.body')} {session.now.kept.comment && t('elsewhere.comment')}</p>
          <svg data-address={code.address} role="img" aria-label={t('elsewhere.alt')} viewBox={`0 0 ${code.size} ${code.size}`} shape-rendering="crispEdges">
            <path fill="#fff" d={`M0 0h${code.size}v${code.size}H0z`} />
            <path fill="#000" d={code.path} />
          </svg>
        </>
      )}
      <button onClick={() => setCode(undefined)}>{t('elsewhere.close')}</button>
    </section>
  );
};
