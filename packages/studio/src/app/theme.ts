import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** A quiet green; the shades that carry text keep a contrast of 4.5 to white (WCAG AA). */
const threshold: MantineColorsTuple = [
  '#eaf6f5',
  '#d6e9e8',
  '#abd3d1',
  '#7cbcb9',
  '#55a9a5',
  '#3b9d98',
  '#287f7b',
  '#1f6f6b',
  '#135e5a',
  '#004d49',
];

/** Red that can be read on white, and white on it. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#f25757',
  '#d93a3a',
  '#c22a2a',
  '#a82222',
  '#8f1b1b',
];

/** `close` is what the crosses of dialogs and notices are called. */
export const themeWith = (close: string) =>
  createTheme({
    primaryColor: 'threshold',
    primaryShade: { light: 7, dark: 6 },
    colors: { threshold, red },
    autoContrast: true,
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
    fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    components: { CloseButton: { defaultProps: { 'aria-label': close } } },
  });

/** Quiet text and hints keep a contrast of 4.5 too. */
export const variables: CSSVariablesResolver = (own) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': own.colors.gray[7],
    '--mantine-color-placeholder': own.colors.gray[7],
    '--mantine-color-error': own.colors.red[9],
  },
  dark: {
    '--mantine-color-dimmed': own.colors.dark[1],
    '--mantine-color-placeholder': own.colors.dark[1],
    '--mantine-color-error': own.colors.red[4],
  },
});
