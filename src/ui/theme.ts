import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core';
import messages from './messages.en.json';
import { texts } from './texts';

const closeButtonProps = { 'aria-label': texts(messages)('close') };

const ink: MantineColorsTuple = ['#F6F6F4', '#E4E6E9', '#C3C8D0', '#9AA1AD', '#868D98', '#626975', '#454B55', '#2A2E34', '#1F2227', '#16181D'];
const dark: MantineColorsTuple = ['#F2F3F5', '#C3C8D0', '#9AA1AD', '#727985', '#3A3F47', '#2A2E34', '#24272D', '#17191D', '#131519', '#0E1013'];

/** Filled parts are ink on ground in both themes; everything else is Mantine's own. */
const inkFilled: VariantColorsResolver = (input) =>
  input.variant === 'filled' && (input.color === undefined || input.color === 'ink')
    ? { background: 'var(--ink)', hover: 'var(--ink-2)', color: 'var(--on-ink)', border: '1px solid transparent' }
    : defaultVariantColorsResolver(input);

/** Sizes and neutrals of screens.md. Buttons, selection and focus are ink; there is no accent hue, no red, no green. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  colors: { ink, dark },
  primaryColor: 'ink',
  primaryShade: { light: 9, dark: 0 },
  variantColorResolver: inkFilled,
  defaultRadius: 6,
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '28px' },
  radius: { xs: '3px', sm: '6px', md: '10px', lg: '14px', xl: '999px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px', lineHeight: '28px' }, h2: { fontSize: '16px', lineHeight: '24px' }, h3: { fontSize: '14px', lineHeight: '20px' } } },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { root: { fontWeight: 500 } } },
    Anchor: { defaultProps: { underline: 'always', c: 'inherit' } },
    // Room for the focus ring under the label.
    InputWrapper: { styles: { label: { marginBottom: 4 }, description: { marginTop: -2, marginBottom: 4 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    // Ticks stand on ink, which is nearly white in the dark.
    Checkbox: { vars: () => ({ root: { '--checkbox-icon-color': 'var(--on-ink)' } }) },
    Radio: { vars: () => ({ root: { '--radio-icon-color': 'var(--on-ink)' } }) },
    Chip: { vars: () => ({ root: { '--chip-color': 'var(--on-ink)', '--chip-icon-color': 'var(--on-ink)' } }) },
    Modal: { defaultProps: { closeButtonProps, centered: true, radius: 'md', transitionProps: { duration: 120 } }, styles: { title: { fontWeight: 600 } } },
    Drawer: { defaultProps: { closeButtonProps, position: 'right', size: 420, transitionProps: { duration: 120 } }, styles: { title: { fontWeight: 600 } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 200 } },
  },
});

/** Mantine's own neutrals follow the tokens, so that its parts and ours are one. */
export const cssVariables: CSSVariablesResolver = () => {
  const own = {
    '--mantine-primary-color-filled': 'var(--ink)',
    '--mantine-primary-color-filled-hover': 'var(--ink-2)',
    '--mantine-primary-color-contrast': 'var(--on-ink)',
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-border': 'var(--mark)',
    '--mantine-color-default-hover': 'var(--surface)',
    '--mantine-color-anchor': 'var(--ink)',
    '--mantine-color-error': 'var(--ink)',
  };
  return { variables: {}, light: own, dark: own };
};
