import { Alert, Badge, Box, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { texts, useLanguage, useTexts } from '../language/texts.tsx';
import { Page } from '../ui/page.tsx';
import { LEVELS, type Level, type LineState, type LogEntry, levelName, logsPath, watchLog } from './log-line.ts';

const TEXTS = texts(
  {
    title: 'Logs',
    about: 'What this server does at the moment. Secrets are taken out before anything leaves the server.',
    level: 'From level',
    search: 'Only lines with',
    clear: 'Empty',
    pause: 'Pause',
    goOn: 'Go on',
    off: 'Logs are not sent here',
    how: 'Start the server with WEBSOCKETS_ENABLED=true and WEBSOCKETS_LOGS_ENABLED=true.',
    lost: 'The line was lost.',
    again: 'Connect again',
    waiting: 'Nothing happened yet. Open another page in a new tab to see it here.',
    lines: 'Lines of the log',
  },
  {
    title: 'Protokolle',
    about: 'Was dieser Server gerade tut. Geheimnisse werden entfernt, bevor etwas den Server verlässt.',
    level: 'Ab Stufe',
    search: 'Nur Zeilen mit',
    clear: 'Leeren',
    pause: 'Anhalten',
    goOn: 'Weiter',
    off: 'Protokolle werden hier nicht gesendet',
    how: 'Starten Sie den Server mit WEBSOCKETS_ENABLED=true und WEBSOCKETS_LOGS_ENABLED=true.',
    lost: 'Die Verbindung ging verloren.',
    again: 'Wieder verbinden',
    waiting: 'Noch ist nichts geschehen. Öffnen Sie eine andere Seite in einem neuen Tab, dann sehen Sie es hier.',
    lines: 'Zeilen des Protokolls',
  },
);

/** Older lines go. */
const KEPT = 1_000;
const COLORS: Readonly<Record<Level, string>> = {
  trace: 'gray',
  debug: 'gray',
  info: 'threshold',
  warn: 'yellow',
  error: 'red',
  fatal: 'red',
};

export function LogsPage() {
  const t = useTexts(TEXTS);
  const [level, setLevel] = useState<Level>('info');
  const [text, setText] = useState('');
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  const [state, setState] = useState<LineState>('opening');
  const [attempt, setAttempt] = useState(0);
  const [paused, setPaused] = useState(false);
  const { data: path, isSuccess } = useQuery({ queryKey: ['logs', 'path'], queryFn: logsPath });
  const isPaused = useRef(false);
  isPaused.current = paused;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens another line
  useEffect(() => {
    if (!path) return;
    // What comes together is drawn together.
    let waiting: LogEntry[] = [];
    const draw = setInterval(() => {
      if (waiting.length === 0 || isPaused.current) return;
      const fresh = waiting;
      waiting = [];
      setEntries((before) => [...before, ...fresh].slice(-KEPT));
    }, 200);
    const stop = watchLog(path, level, (entry) => waiting.push(entry) > KEPT && waiting.shift(), setState);
    return () => {
      clearInterval(draw);
      stop();
    };
  }, [path, level, attempt]);

  const wanted = text.toLowerCase();
  const shown = wanted ? entries.filter(({ msg }) => msg.toLowerCase().includes(wanted)) : entries;
  return (
    <Page title={t('title')} about={t('about')}>
      {(isSuccess && path === null) || state === 'refused' ? (
        <Alert title={t('off')}>{t('how')}</Alert>
      ) : (
        <>
          <Group align="flex-end">
            <Select
              label={t('level')}
              data={[...LEVELS]}
              value={level}
              onChange={(next) => next && setLevel(next as Level)}
              allowDeselect={false}
            />
            <TextInput
              label={t('search')}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              flex={1}
            />
            <Button variant="default" onClick={() => setPaused(!paused)}>
              {paused ? t('goOn') : t('pause')}
            </Button>
            <Button variant="default" onClick={() => setEntries([])}>
              {t('clear')}
            </Button>
          </Group>
          {state === 'lost' && (
            <Alert color="yellow" title={t('lost')} styles={{ title: { color: 'var(--mantine-color-text)' } }}>
              <Button size="xs" variant="default" onClick={() => setAttempt(attempt + 1)}>
                {t('again')}
              </Button>
            </Alert>
          )}
          <Lines entries={shown} />
        </>
      )}
    </Page>
  );
}

/** Stays at the newest line, unless somebody scrolled up to read. */
function Lines({ entries }: { readonly entries: readonly LogEntry[] }) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines move the end
  useEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [entries]);
  const format = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  return (
    <Box
      ref={box}
      role="log"
      aria-label={t('lines')}
      tabIndex={0}
      mah="65vh"
      bd="1px solid var(--mantine-color-default-border)"
      p="xs"
      style={{ overflow: 'auto', borderRadius: 8 }}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollTop + clientHeight >= scrollHeight - 20;
      }}
    >
      {entries.length === 0 && <Text size="sm">{t('waiting')}</Text>}
      {entries.map((entry) => (
        <Group key={entry.id} gap="xs" wrap="nowrap" align="flex-start">
          <Text size="xs" ff="monospace">
            {format.format(entry.time)}
          </Text>
          <Badge
            size="xs"
            variant="outline"
            color={COLORS[levelName(entry.level)]}
            styles={{ label: { color: 'var(--mantine-color-text)' } }}
            miw={56}
          >
            {levelName(entry.level)}
          </Badge>
          <Text size="xs" ff="monospace" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {entry.msg}
          </Text>
        </Group>
      ))}
    </Box>
  );
}
