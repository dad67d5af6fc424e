import { fileRefusal } from '../../../platform/files/file-refusal';
import { FileFault } from '../../../platform/files/limits';
import { createPlanner, type Planner } from '../planning/planner';

/** A file that was read, and the thread that holds it. */
export type Upload = { planner: Planner; headings: string[] };

/** Reads what somebody uploaded, for as long as `work` needs it. @throws 422 that says what is wrong with the file and what to do */
export const withUpload = async <T>(file: Blob, work: (upload: Upload) => Promise<T>): Promise<T> => {
  const planner = createPlanner();
  try {
    return await work({ planner, headings: await planner.read(new Uint8Array(await file.arrayBuffer())) });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw fileRefusal(error);
  } finally {
    await planner.stop();
  }
};
