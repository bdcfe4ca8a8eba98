import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { confirm } from '../../ui/confirm.tsx';

const TEXTS = texts(
  {
    title: 'Leave without saving?',
    text: 'What you changed here has not been saved.',
    yes: 'Leave without saving',
    no: 'Stay',
  },
  {
    title: 'Ohne Speichern verlassen?',
    text: 'Was Sie hier geändert haben, ist nicht gespeichert.',
    yes: 'Ohne Speichern verlassen',
    no: 'Bleiben',
  },
);

/** Asks before unsaved changes are left behind. The answer lets one go: after saving, or deleting. */
export function useLeaving(dirty: boolean): () => void {
  const t = useTexts(TEXTS);
  const free = useRef(false);
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!dirty || free.current || current.pathname === next.pathname) return false;
      return !(await confirm({ title: t('title'), text: t('text'), yes: t('yes'), no: t('no') }));
    },
    enableBeforeUnload: () => dirty && !free.current,
  });
  return () => {
    free.current = true;
  };
}
