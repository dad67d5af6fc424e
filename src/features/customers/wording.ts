import type { FileFault } from '../../platform/files/limits';
import { refuse } from '../../platform/http/refusal';
import faults from './messages/file-faults.en.json';

const word = (key: string, detail: string): string => ((faults as Record<string, string>)[key] ?? key).replaceAll('{detail}', detail);

/** A file that cannot be read, as a refusal that says why and what to do. */
export const fileRefusal = (fault: FileFault) => refuse.invalid(`${word(fault.code, fault.detail)} Nothing was saved.`, word(`${fault.code}.todo`, fault.detail));
