import { renderSVG } from 'uqr';
import { t } from './text';
import type { Progress } from './wave-state';
import css from './waves.module.css';

/** Four words that are the same for everybody, so that people can compare; and the way in for those who type a code. */
export const TrustWords = ({ progress, reach }: { progress: Progress; reach: boolean }) => (
  <section className={`panel ${css.section}`}>
    <h2 className={css.heading}>{t('words.title')}</h2>
    <p className={css.words}>{progress.words.map((word) => <span key={word}>{word}</span>)}</p>
    <p className={css.quiet}>{t('words.text')}</p>
    {reach && (
      <div className={css.beside}>
        <div className={css.qr} role="img" aria-label={t('words.qr', { address: progress.address })} dangerouslySetInnerHTML={{ __html: renderSVG(progress.address, { border: 0 }) }} />
        <p style={{ flex: '1 1 160px' }}>{t('words.address')}<br /><strong style={{ overflowWrap: 'anywhere' }}>{progress.address}</strong></p>
      </div>
    )}
  </section>
);
