import { formatIcu, type Values } from '../../lib/icu';
import { optOutWords } from '../customers/public';
import type { LinkPurpose } from './domain/handoffs';
import messages from './messages/link.en.json';

type Key = keyof typeof messages;
const t = (key: Key, values?: Values): string => formatIcu(messages[key], 'en', values);

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/gu, (sign) => SIGNS[sign] ?? sign);

export const dayOf = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(at);

/** Colours and sizes of the design's tokens; the page is one small document that needs nothing else. */
const STYLE = `:root{color-scheme:light dark;--g:#fff;--s:#f6f6f4;--i:#16181d;--i2:#454b55;--i3:#626975;--m:#868d98}
@media(prefers-color-scheme:dark){:root{--g:#17191d;--s:#1f2227;--i:#f2f3f5;--i2:#c3c8d0;--i3:#9aa1ad;--m:#727985}}
*{box-sizing:border-box}body{margin:0;background:var(--g);color:var(--i);font:16px/24px system-ui,sans-serif}
main{max-width:480px;margin:0 auto;padding:24px 16px 48px;display:flex;flex-direction:column;gap:16px}
h1{font-size:20px;line-height:28px;font-weight:600;margin:0;overflow-wrap:anywhere}p{margin:0;overflow-wrap:anywhere}
.q{color:var(--i2)}.meta{font-size:13px;line-height:18px;color:var(--i3)}
.card{background:var(--s);border-radius:10px;padding:12px 16px;display:flex;flex-direction:column;gap:4px}
form{display:flex;flex-direction:column;gap:16px}label{display:flex;flex-direction:column;gap:4px;font-weight:500}
select,input,textarea{font:inherit;width:100%;min-height:48px;padding:8px 12px;border:1px solid var(--m);border-radius:6px;background:var(--g);color:inherit}
button{font:inherit;font-weight:600;min-height:48px;border:0;border-radius:6px;background:var(--i);color:var(--g);cursor:pointer}
:focus-visible{outline:2px solid var(--i);outline-offset:2px}.out{display:flex;gap:6px;align-items:center;font-weight:600}.out svg{flex:none}.fault{border-left:2px solid var(--i);padding-left:12px}`;

/** The sign of an opt-out, as on the pages of the application. */
const SIGN = '<svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><circle cx="12" cy="12" r="9"/><path d="M5.7 5.7l12.6 12.6"/></svg>';

const documentOf = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escape(title)} · Lockstep</title><style>${STYLE}</style></head><body><main><h1>${escape(title)}</h1>${body}</main></body></html>`;

const lines = (texts: readonly (string | null)[], kind: string): string => texts.flatMap((text) => (text ? [`<p class="${kind}">${escape(text)}</p>`] : [])).join('');

/** A page that only says something. */
export const saying = (title: string, ...texts: (string | null)[]): string => documentOf(title, lines(texts, 'q'));

export type OfferShown = {
  purpose: LinkPurpose; lead: string; optedOut: boolean; channel: string | null; from: string; day: string; note: string | null; name: string | null; workspace: string; until: string;
  reasons: readonly string[]; people: readonly { id: string; name: string }[]; fault: 'reason' | 'person' | 'day' | 'full' | null;
};

const options = (first: string, all: readonly { value: string; text: string }[]): string =>
  `<option value="">${escape(first)}</option>${all.map(({ value, text }) => `<option value="${escape(value)}">${escape(text)}</option>`).join('')}`;

const fieldsOf = (shown: OfferShown): string => {
  const note = (key: Key) => `<label>${escape(t(key))}<textarea name="note" rows="2" maxlength="1000"></textarea></label>`;
  if (shown.purpose === 'accept') return '';
  if (shown.purpose === 'hand_on') return `<label>${escape(t('hand_on.to'))}<select name="person" required>${options(t('hand_on.choose'), shown.people.map(({ id, name }) => ({ value: id, text: name })))}</select></label>${note('hand_on.note')}`;
  return `<label>${escape(t('return.reason'))}<select name="reason" required>${options(t('return.choose'), shown.reasons.map((reason) => ({ value: reason, text: reason })))}</select></label><label>${escape(t('return.nurture'))}<input type="date" name="nurture"></label>${note('return.note')}`;
};

/** What the link would do, and the button that does it. Opening the page changes nothing. */
export const askingPage = (shown: OfferShown): string => {
  const out = shown.optedOut ? `<p class="out">${SIGN}${escape(optOutWords.whole)}</p>` : '';
  const card = `<div class="card">${lines([t('lead.from', { from: shown.from, day: shown.day }), shown.channel ? t('lead.channel', { channel: shown.channel }) : null, shown.note ? t('lead.note', { note: shown.note }) : null], 'q')}</div>`;
  const fault = shown.fault ? `<p class="fault" role="alert">${escape(t(`fault.${shown.fault}`))}</p>` : '';
  const nobody = shown.purpose === 'hand_on' && shown.people.length === 0;
  const form = nobody ? lines([t('hand_on.nobody')], 'q') : `<form method="post">${fieldsOf(shown)}<button type="submit">${escape(t(`${shown.purpose}.button`))}</button></form>`;
  return documentOf(t(`title.${shown.purpose}`, { lead: shown.lead }), `${out}${card}${fault}${form}${lines([t('until', { day: shown.until }), shown.name ? t('for', { name: shown.name, workspace: shown.workspace }) : null], 'meta')}`);
};

export const linkText = t;
