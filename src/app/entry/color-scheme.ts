/** Where the component library keeps what was chosen in the menu. */
const KEPT = 'mantine-color-scheme-value';

const kept = (): string | null => {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
};

/** Light or dark as on every other page: as chosen there, else as the device has it. */
export const followColorScheme = (): void => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const chosen = kept();
    document.documentElement.dataset.mantineColorScheme = chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light';
  };
  apply();
  dark.addEventListener('change', apply);
};
