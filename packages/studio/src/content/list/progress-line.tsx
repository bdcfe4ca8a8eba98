import { Progress as Bar, Text } from '@mantine/core';
import { useLanguage } from '../../language/texts.tsx';
import type { Progress } from './transfer.ts';

const MB = 1_000_000;

/** How far something is that takes a while. */
export function ProgressLine({ label, progress }: { readonly label: string; readonly progress: Progress }) {
  const { language } = useLanguage();
  const { doneBytes, totalBytes } = progress;
  const percent = totalBytes ? Math.round((doneBytes / totalBytes) * 100) : null;
  const said = `${(doneBytes / MB).toLocaleString(language, { maximumFractionDigits: 1 })} MB`;
  return (
    <div role="status">
      <Text size="sm">
        {label}: {percent === null ? said : `${percent} %`}
      </Text>
      <Bar value={percent ?? 100} animated={percent === null || percent === 100} aria-label={label} />
    </div>
  );
}
