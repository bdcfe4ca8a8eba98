import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { firstLanguage, keepLanguage, type Language } from './language.ts';

type Words = Readonly<Record<string, string>>;

/** The texts of one part of the Studio, in every language. `{name}` stands for a value. */
export interface Texts<Key extends string> {
  readonly en: Readonly<Record<Key, string>>;
  readonly de: Readonly<Record<Key, string>>;
}

export function texts<English extends Words>(
  en: English,
  de: Readonly<Record<keyof English & string, string>>,
): Texts<keyof English & string> {
  return { en, de };
}

interface Speaking {
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

const SpeakingContext = createContext<Speaking | null>(null);

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    keepLanguage(language);
  }, [language]);
  const speaking = useMemo(() => ({ language, speak: setLanguage }), [language]);
  return <SpeakingContext value={speaking}>{children}</SpeakingContext>;
}

/** The language that the Studio is in, and how to change it. */
export function useLanguage(): Speaking {
  const speaking = use(SpeakingContext);
  if (!speaking) throw new Error('LanguageProvider is missing');
  return speaking;
}

export type Say<Key extends string> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** The texts of a part in the language of the Studio: `const t = useTexts(TEXTS)`, `t('saved', { name })`. */
export function useTexts<Key extends string>(book: Texts<Key>): Say<Key> {
  const { language } = useLanguage();
  return useMemo(() => (key, values) => fill(book[language][key], values), [book, language]);
}

function fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
