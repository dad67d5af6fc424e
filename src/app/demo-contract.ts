import { z } from 'zod';
import { api } from '../lib/api';

export const demoContract = {
  load: api
    .route({ method: 'POST', path: '/demo', tags: ['demo'], summary: 'Load the demo company; before the first account anybody may, then those with one' })
    .output(z.object({ workspace: z.uuid() })),
  remove: api.route({ method: 'DELETE', path: '/demo', tags: ['demo'], summary: 'Remove the demo company and everything in it' }).output(z.object({ done: z.literal(true) })),
};
