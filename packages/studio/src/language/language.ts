/** Languages of the Studio. A user's `language` is a tag of BCP 47, of which the first part counts. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT = 'limen-studio-language';

export const isLanguage = (text: string): text is Language => text in LANGUAGES;

/** The Studio's language for a tag such as `de-AT`, or null where there is none. */
export function languageOf(tag: string | null | undefined): Language | null {
  const first = tag?.split('-')[0]?.toLowerCase() ?? '';
  return isLanguage(first) ? first : null;
}

/** What was chosen in this browser before, or what it asks pages for. */
export function firstLanguage(): Language {
  const chosen = languageOf(localStorage.getItem(KEPT));
  return chosen ?? navigator.languages.map(languageOf).find((one) => one !== null) ?? 'en';
}

export const keepLanguage = (language: Language): void => localStorage.setItem(KEPT, language);
