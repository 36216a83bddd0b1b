import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const tide: MantineColorsTuple = [
  '#e6f6f9',
  '#cfe9ee',
  '#a0d3dd',
  '#6dbccb',
  '#46a9bc',
  '#2e9db2',
  '#1d8499',
  '#0f6a7d',
  '#0b5362',
  '#063d49',
];

const dark: MantineColorsTuple = [
  '#dbe4ec',
  '#b7c3cf',
  '#95a3b1',
  '#66757f',
  '#35424d',
  '#29343e',
  '#1c252d',
  '#151c22',
  '#0e1317',
  '#090d10',
];

export const theme = createTheme({
  colors: { tide, dark },
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  headings: { fontWeight: '620' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Mantine's own surfaces follow our tokens. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-anchor': 'var(--accent)',
  },
  light: { '--mantine-color-error': '#b3261e' },
  dark: { '--mantine-color-error': '#ff9c94' },
});
