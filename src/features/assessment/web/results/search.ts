const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');

/** The texts that hold every word asked for, in any order; accents and case do not matter. */
export const matching = (texts: readonly string[], asked: string): string[] => {
  const words = folded(asked).split(/\s+/u).filter(Boolean);
  return texts.filter((text) => {
    const own = folded(text);
    return words.every((word) => own.includes(word));
  });
};
