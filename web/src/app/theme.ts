import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Deep teal. Shade 7 carries white text at 6:1; shade 4 is the accent on dark ground. */
const teal: MantineColorsTuple = [
  '#e9f6f5',
  '#d3ebe9',
  '#a5d7d3',
  '#74c2bc',
  '#4bafa8',
  '#2a9790',
  '#147f7b',
  '#0b6867',
  '#075453',
  '#033f3f',
];

/** «В эфире» and nothing else. */
const live: MantineColorsTuple = [
  '#fff1e8',
  '#ffe0cd',
  '#ffc09a',
  '#fb9c64',
  '#f27f3c',
  '#e2661f',
  '#c2500f',
  '#a3410a',
  '#843406',
  '#652703',
];

/** Greys with a hint of warmth. */
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f4f2ef',
  '#e9e6e1',
  '#dad6cf',
  '#c2bdb5',
  '#98928a',
  '#6f6a63',
  '#55504a',
  '#3b3733',
  '#26231f',
];

/** The dark theme's grounds, from text down to the page. */
const dark: MantineColorsTuple = [
  '#eae7e2',
  '#cfcbc4',
  '#a9a49c',
  '#7d7871',
  '#4a4742',
  '#3a3733',
  '#2c2a27',
  '#22201e',
  '#1a1917',
  '#121110',
];

const red: MantineColorsTuple = [
  '#fdeeec',
  '#fadbd7',
  '#f2b4ad',
  '#e98b81',
  '#e0695c',
  '#d4503f',
  '#bf3d2e',
  '#a33023',
  '#84261b',
  '#661c13',
];

const comfortable = { defaultProps: { size: 'md' } };

export const theme = createTheme({
  colors: { teal, live, gray, dark, red },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 7 },
  white: '#ffffff',
  black: '#26231f',
  fontFamily: "'Golos Text Variable', 'Segoe UI', Roboto, Arial, sans-serif",
  headings: {
    fontFamily: 'inherit',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.35' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  // Plain objects: naming a component here must not load it.
  components: {
    Button: comfortable,
    TextInput: comfortable,
    NumberInput: comfortable,
    PasswordInput: comfortable,
    Textarea: comfortable,
    MultiSelect: comfortable,
    Select: { defaultProps: { size: 'md', checkIconPosition: 'right' } },
    InputWrapper: { styles: { label: { marginBottom: 4 }, description: { marginBottom: 4 } } },
    Paper: { defaultProps: { withBorder: true } },
    // Its placeholder for the first focus is no menu item, and a menu may hold nothing else.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { centered: true } },
    // A yellow word on the yellow ground cannot be read; the ground says enough, of every colour.
    Badge: {
      vars: (_theme: unknown, { variant }: { variant?: string }) => ({
        root: variant === 'light' ? { '--badge-color': 'var(--mantine-color-text)' } : {},
      }),
    },
    // A yellow title on the yellow ground cannot be read; the ground and the icon say enough.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
  },
});

/** Both themes are chosen by hand; the dark one is not the light one turned over. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--kafedra-page-width': '72rem',
  },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#6a655e',
    '--mantine-color-error': '#a33023',
    '--mantine-color-placeholder': '#7a756d',
    '--mantine-color-default-border': '#dad6cf',
    '--mantine-color-anchor': '#0b6867',
    '--mantine-color-red-light': '#fdeeec',
    '--mantine-color-teal-light': '#e9f6f5',
    '--kafedra-page': '#faf9f7',
    '--kafedra-line': '#e3dfd8',
    '--kafedra-hover': '#f4f2ef',
    '--kafedra-accent-ground': '#e9f6f5',
    '--kafedra-accent-text': '#075453',
    '--kafedra-live': '#c2500f',
    '--kafedra-live-ground': '#fff1e8',
    '--kafedra-live-text': '#8f3807',
  },
  dark: {
    '--mantine-color-body': '#22201e',
    '--mantine-color-text': '#eae7e2',
    '--mantine-color-dimmed': '#a9a49c',
    '--mantine-color-error': '#f0968c',
    '--mantine-color-placeholder': '#99948c',
    '--mantine-color-default': '#2c2a27',
    '--mantine-color-default-hover': '#353230',
    '--mantine-color-default-border': '#4a4742',
    '--mantine-color-anchor': '#74c2bc',
    '--kafedra-page': '#1a1917',
    '--kafedra-line': '#3a3733',
    '--kafedra-hover': '#2c2a27',
    '--kafedra-accent-ground': '#173533',
    '--kafedra-accent-text': '#a5d7d3',
    '--kafedra-live': '#f27f3c',
    '--kafedra-live-ground': '#3b2417',
    '--kafedra-live-text': '#ffc09a',
  },
});
