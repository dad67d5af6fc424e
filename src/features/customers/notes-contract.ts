import { z } from 'zod';
import { api } from '../../lib/api';
import { FUNCTIONS } from '../../lib/vocabulary';

const one = z.object({ workspace: z.uuid(), id: z.uuid() });
const tags = ['customers'];
const words = z.string().trim().min(1).max(4_000);
const instant = z.iso.datetime();

export const noteView = z.object({
  id: z.uuid(), text: z.string(), author: z.string(), function: z.enum(FUNCTIONS).nullable(), writtenAt: instant, changedAt: instant.nullable(),
  /** Written by the reader, who alone can change or remove it. */
  mine: z.boolean(),
});

export const notesContract = {
  addNote: api.route({ method: 'POST', path: '/workspaces/{workspace}/customers/{id}/notes', tags, summary: 'Write a note about a customer; everybody here who sees customers reads it', successStatus: 201 }).input(one.extend({ text: words })).output(noteView),
  changeNote: api
    .route({ method: 'PATCH', path: '/workspaces/{workspace}/customer-notes/{id}', tags, summary: 'Change one’s own note, remove it, or take its removal back' })
    .input(one.extend({ text: words.optional(), removed: z.boolean().optional() }))
    .output(noteView),
};
