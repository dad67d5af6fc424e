const key = (wave: string) => `results-read:${wave}`;
const RESULTS = /\/understand\/waves\/([0-9a-f-]{36})\/results/;

/** Remembers on this device that a survey's results were opened; called for every page one comes to. */
export const noteResultsRead = (pathname: string): void => {
  const wave = RESULTS.exec(pathname)?.[1];
  if (wave) localStorage.setItem(key(wave), '1');
};

export const resultsRead = (wave: string): boolean => localStorage.getItem(key(wave)) !== null;
