export { isOneAddress } from './address.ts';
export type { Letter, Message } from './letter.ts';
export { type MailLog, Outbox, type OutboxParts, type OutboxSettings } from './outbox.ts';
export { isTemplateName } from './template-files.ts';
export type { LetterKind } from './wording.ts';
