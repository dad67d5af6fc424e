import type { Area } from '../domain/areas';
import questions from '../messages/questions.en.json';
import { texts } from '../../../ui/texts';

const tq = texts(questions);

export const questionText = (area: Area, question: string): string => tq(`q.${area}.${question}` as Parameters<typeof tq>[0]);
