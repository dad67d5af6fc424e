import { filtersOf } from './lead-list';
import { pipelineClient } from './calls';
import type { LeadSearch } from './search';

/** The leads that the filters leave, as a file of the browser's. */
export const takeOut = async (workspace: string, search: LeadSearch): Promise<void> => {
  const file = await pipelineClient.leadsFile({ workspace, ...filtersOf(search) });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
};
