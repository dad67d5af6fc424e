import pino from 'pino';

/** The log never holds bodies, tokens, serials, addresses or agents; callers pass the few fields they mean. */
export type Logger = pino.Logger;

export const createLog = (level: string, destination?: pino.DestinationStream): Logger =>
  pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination({ dest: 1, sync: true }));
