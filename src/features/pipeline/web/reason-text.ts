import words from '../messages/file.en.json';
import { texts } from '../../../ui/texts';
import { ownReason } from '../domain/own-reasons';

const t = texts(words);

/** A reason as people read it, whether somebody wrote it or the product gave it. */
export const reasonText = (reason: string): string => {
  const own = ownReason(reason);
  return own ? t('reason.stageClosed', { stage: own.stage }) : reason;
};
