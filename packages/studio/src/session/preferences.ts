import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { languageOf } from '../language/language.ts';
import { useLanguage } from '../language/texts.tsx';
import { useMe } from './session.tsx';

/** Takes the language and the look from the profile of whoever is signed in; what is chosen later here stays here. */
export function usePreferences(): void {
  const { language: tag, appearance } = useMe();
  const { speak } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    const language = languageOf(tag);
    if (language) speak(language);
  }, [tag, speak]);
  useEffect(() => {
    if (appearance && appearance !== 'auto') setColorScheme(appearance);
  }, [appearance, setColorScheme]);
}
