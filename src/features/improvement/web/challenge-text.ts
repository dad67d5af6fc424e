import challenges from '../messages/challenges.en.json';
import { texts } from '../../../ui/texts';

export const th = texts(challenges);
