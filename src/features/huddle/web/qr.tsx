import { renderSVG } from 'uqr';
import css from './huddle.module.css';

/** A picture for a phone's camera; dark on light in either theme, as cameras expect it. */
export const Qr = ({ text, label }: { text: string; label: string }) => <div className={css.qr} role="img" aria-label={label} dangerouslySetInnerHTML={{ __html: renderSVG(text, { border: 2 }) }} />;
