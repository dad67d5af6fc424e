/** One thing that was looked at. `mend` says what to do about anything but "ok". */
export interface Finding {
  about: string;
  state: 'ok' | 'warning' | 'fault' | 'skipped';
  say: string;
  mend?: string;
}

export const ok = (about: string, say: string): Finding => ({ about, state: 'ok', say });
export const warning = (about: string, say: string, mend: string): Finding => ({ about, state: 'warning', say, mend });
export const fault = (about: string, say: string, mend: string): Finding => ({ about, state: 'fault', say, mend });
export const skipped = (about: string, say: string): Finding => ({ about, state: 'skipped', say });
