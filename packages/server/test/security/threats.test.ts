import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { THREATS } from './threats.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe.each(THREATS)('$known: $mistake', ({ test, title, planted }) => {
  it('has its test', () => {
    expect(existsSync(new URL(`../${test}`, import.meta.url))).toBe(true);
    if (!test.startsWith('canaries/')) expect(read(`test/${test}`)).toContain(title);
  });

  it('can be planted: every text stands once in its file', () => {
    const source = read(`src/${planted.file}`);
    for (const [find, put] of planted.edits) {
      expect([find, source.split(find).length - 1]).toEqual([find, 1]);
      expect(put).not.toBe(find);
    }
  });
});
