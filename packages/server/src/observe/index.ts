export { LOG_LEVELS, LogEntries, type LogEntry, type LogLevel } from './log-entries.ts';
export { Redaction, secretsIn } from './redaction.ts';
