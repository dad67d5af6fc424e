/** @jsxImportSource preact */
import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../web/text';
import css from './fields.module.css';

type FieldProps = { label: string; help?: string; value: string; onValue: (value: string) => void; takesFocus?: boolean };
type Attributes = Pick<InputHTMLAttributes, 'type' | 'autoComplete' | 'minLength' | 'maxLength'>;

const useFocus = (takesFocus: boolean) => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  return input;
};

const Label = ({ id, label, help }: { id: string; label: string; help?: string }) => (
  <>
    <label class={css.label} for={id}>{label}<span aria-hidden="true"> *</span></label>
    {help && <p class={css.help} id={`${id}-help`}>{help}</p>}
  </>
);

/** A required line of text. */
export const TextField = ({ label, help, value, onValue, takesFocus = false, ...attributes }: FieldProps & Attributes) => {
  const id = useId();
  const input = useFocus(takesFocus);
  return (
    <div>
      <Label id={id} label={label} help={help} />
      <input ref={input} id={id} class={css.box} required aria-describedby={help && `${id}-help`} value={value} onInput={(event) => onValue(event.currentTarget.value)} {...attributes} />
    </div>
  );
};

const Eye = ({ open }: { open: boolean }) => (
  <svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
    <path d="M12 5.25C4.5 5.25 1.5 12 1.5 12s3 6.75 10.5 6.75S22.500 12 22.500 12s-3-6.750-10.500-6.750z" />
    <circle cx="12" cy="12" r="3.75" />
    {open && <path d="M4.500 3.750l15 16.500" />}
  </svg>
);

/** A required password that can be looked at while it is typed. */
export const PasswordField = ({ label, help, value, onValue, takesFocus = false, ...attributes }: FieldProps & Attributes) => {
  const id = useId();
  const input = useFocus(takesFocus);
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Label id={id} label={label} help={help} />
      <div class={css.box} data-after-help={help ? true : undefined}>
        <input ref={input} id={id} class={css.inner} type={open ? 'text' : 'password'} required aria-describedby={help && `${id}-help`} value={value} onInput={(event) => onValue(event.currentTarget.value)} {...attributes} />
        <button type="button" class={css.eye} aria-label={t('password.show')} aria-pressed={open} tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={() => setOpen(!open)}><Eye open={open} /></button>
      </div>
    </div>
  );
};

type ActionProps = { children: ComponentChildren; busy?: boolean; quiet?: boolean; onClick?: () => void };

/** Without `onClick` it submits its form. */
export const Action = ({ children, busy = false, quiet = false, onClick }: ActionProps) => (
  <button type={onClick ? 'button' : 'submit'} class={css.action} data-quiet={quiet || undefined} data-busy={busy || undefined} disabled={busy} aria-busy={busy} onClick={onClick}><span>{children}</span></button>
);

/** A form whose parts stand below each other. */
export const Form = ({ children, onSubmit }: { children: ComponentChildren; onSubmit: () => Promise<void> }) => (
  <form class={css.stack} onSubmit={(event) => { event.preventDefault(); void onSubmit(); }}>{children}</form>
);
