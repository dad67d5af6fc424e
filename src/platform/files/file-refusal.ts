import { refuse } from '../http/refusal';
import faults from './file-faults.en.json';
import type { FileFault } from './limits';

const word = (key: string, detail: string): string => ((faults as Record<string, string>)[key] ?? key).replaceAll('{detail}', detail);

/** A file that cannot be read, as a refusal that says why and what to do. */
export const fileRefusal = (fault: FileFault) => refuse.invalid(`${word(fault.code, fault.detail)} Nothing was saved.`, word(`${fault.code}.todo`, fault.detail));
