import { Anchor } from '@mantine/core';
import { ORPCError } from '@orpc/client';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { sayFault } from '../../../../ui/notify';
import { t } from './text';

type Refusal = { code?: string; message?: string; data?: unknown };

const nameIn = (response: Response, fallback: string): string => {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : fallback;
};

const fetched = async (href: string): Promise<void> => {
  const response = await fetch(href);
  if (!response.ok) {
    const { code = 'FAILED', message, data } = (await response.json().catch(() => ({}))) as Refusal;
    throw new ORPCError(code, { status: response.status, message, data });
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = nameIn(response, href.split('/').at(-1) ?? 'file');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
};

/** A link to a file that says why when the file cannot be made, instead of saving the refusal. */
export const Download = ({ href, children }: { href: string; children: ReactNode }) => {
  const [busy, setBusy] = useState(false);
  const take = (event: MouseEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    void fetched(href).catch(sayFault).finally(() => setBusy(false));
  };
  return <Anchor href={href} onClick={take} aria-busy={busy}>{children}{busy ? ` ${t('download.busy')}` : ''}</Anchor>;
};
