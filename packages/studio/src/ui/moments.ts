import { useLanguage } from '../language/texts.tsx';

const LONG: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' };

/** Writes moments as people of the Studio's language do, in the browser's time zone. */
export function useMoments(): { readonly exact: (iso: string) => string; readonly ago: (iso: string) => string } {
  const { language } = useLanguage();
  return {
    exact: (iso) => new Intl.DateTimeFormat(language, LONG).format(new Date(iso)),
    ago: (iso) => relative(new Intl.RelativeTimeFormat(language, { numeric: 'auto' }), Date.now() - Date.parse(iso)),
  };
}

const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

function relative(format: Intl.RelativeTimeFormat, passedMs: number): string {
  const [unit, ms] = UNITS.find(([, length]) => Math.abs(passedMs) >= length) ?? ['second', 1_000];
  return format.format(-Math.round(passedMs / ms), unit);
}
