/** What was typed and is no value of the field's type (yet). It stays in the form and is never sent. */
export class Malformed {
  readonly text: string;
  readonly reason: 'number' | 'json';
  constructor(text: string, reason: Malformed['reason']) {
    this.text = text;
    this.reason = reason;
  }
}
