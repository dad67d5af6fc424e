/** A command that cannot go on: the message is for the person at the terminal, the code for scripts. */
export class CommandError extends Error {
  constructor(message: string, readonly exitCode = 1) {
    super(message);
    this.name = 'CommandError';
  }
}

/** Notices of the database while a command runs; stdout is kept for results. */
export const quietLog = {
  info: (): undefined => undefined,
  warn: (message: string): void => console.error(message),
  error: (message: string): void => console.error(message),
};
