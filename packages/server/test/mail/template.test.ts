import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOneAddress, parseMailbox } from '../../src/mail/address.ts';
import { escapeHtml, fillTemplate, oneLine } from '../../src/mail/template.ts';
import { isTemplateName, languagesOf, readTemplate } from '../../src/mail/template-files.ts';
import { wordingOf } from '../../src/mail/wording.ts';

const plain = (text: string): string => text;

describe('templates', () => {
  it('show values', () => {
    expect(fillTemplate('Hello {{ name }}, {{name}}!', { name: 'Ada' }, plain)).toBe('Hello Ada, Ada!');
    expect(fillTemplate('{{ missing }}', {}, plain)).toBe('');
  });

  it('leave parts out', () => {
    const template = 'a{{#code}}[{{ code }}]{{/code}}{{^code}}none{{/code}}b';
    expect(fillTemplate(template, { code: '7' }, plain)).toBe('a[7]b');
    expect(fillTemplate(template, {}, plain)).toBe('anoneb');
    const nested = '{{#a}}1{{#b}}2{{/b}}{{^b}}3{{/b}}4{{/a}}5';
    expect(fillTemplate(nested, { a: 'x', b: 'y' }, plain)).toBe('1245');
    expect(fillTemplate(nested, { a: 'x' }, plain)).toBe('1345');
    expect(fillTemplate(nested, { b: 'y' }, plain)).toBe('5');
  });

  it.each(['{{ constructor }}', '{{ __proto__ }}', '{{ to_string }}', '{{ has_own_property }}'])(
    'nothing but own values: %s',
    (template) => {
      expect(fillTemplate(template, {}, plain)).not.toMatch(/function|object/);
    },
  );

  it.each([
    "{{ constructor.constructor('return process')() }}",
    '{{ 7*7 }}',
    '{{{ name }}}',
    '{{& name }}',
    '{{> /etc/passwd }}',
    '{{=<% %>=}}<% name %>',
    '<%= 7*7 %> #{7*7} {% include "x" %} {{ "a".length }}',
    '{{ name | upcase }}',
    '{{#each this}}{{@root}}{{/each}}',
  ])('run nothing: %s', (template) => {
    const filled = fillTemplate(template, { name: '<b>' }, escapeHtml);
    expect(filled).not.toContain('49');
    expect(filled).not.toContain('<b>');
    expect(filled).not.toContain('root:');
    expect(filled).not.toContain('[object');
  });

  it('take values for texts, whatever is in them', () => {
    const values = { name: '{{ secret }}{{#x}}', secret: 'hidden', x: 'y' };
    expect(fillTemplate('{{ name }}', values, plain)).toBe('{{ secret }}{{#x}}');
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title><svg/onload=alert(1)>',
    '` onload=`alert(1)',
    '<!--',
    '&lt;b&gt;',
    '<a href="javascript:x">',
  ])('escape for HTML: %s', (value) => {
    const html = fillTemplate('<p title="{{ v }}">{{ v }}</p>', { v: value }, escapeHtml);

    expect(html.match(/"/g)).toHaveLength(2);
    expect(html.match(/</g)).toHaveLength(2);
    expect(html).not.toContain("'");
  });

  it('keep a value on its line', () => {
    expect(oneLine('a\r\nBcc: x@evil.example\u2028b\u0000c\u202ed')).toBe('a Bcc: x@evil.example b c d');
  });

  it('are filled in linear time', () => {
    const hostile = '{{#a}}'.repeat(20_000) + '{{'.repeat(50_000);
    const began = performance.now();
    fillTemplate(hostile, { a: 'x' }, escapeHtml);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('files of templates', () => {
  let base: string;
  let folder: string;
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'limen-templates-'));
    folder = join(base, 'templates');
    mkdirSync(folder);
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(base, 'outside.html'), 'OUTSIDE');
    writeFileSync(join(base, 'outside.txt'), 'OUTSIDE');
    writeFileSync(join(folder, 'sub', 'inner.html'), 'INNER');
    writeFileSync(join(folder, 'password-reset.html'), 'OWN');
    writeFileSync(join(folder, 'password-reset.de.html'), 'EIGEN');
    writeFileSync(join(folder, 'huge.html'), 'x'.repeat(300_000));
    symlinkSync(join(base, 'outside.html'), join(folder, 'linked.html'));
  });
  afterAll(() => rmSync(base, { recursive: true }));

  it("are the project's, in the language, else the built-in one", async () => {
    expect(await readTemplate(folder, 'password-reset', 'en', 'html')).toBe('OWN');
    expect(await readTemplate(folder, 'password-reset', 'de', 'html')).toBe('EIGEN');
    expect(await readTemplate(folder, 'password-reset', 'de-CH', 'html')).toBe('EIGEN');
    expect(await readTemplate(folder, 'user-invitation', 'de', 'html')).toContain('<!doctype html>');
    expect(await readTemplate(join(base, 'nowhere'), 'password-reset', 'en', 'txt')).toContain('{{ link }}');
  });

  const PATHS = [
    '../outside',
    '..\\outside',
    './../outside',
    'sub/inner',
    'sub\\inner',
    '/etc/passwd',
    'C:\\boot.ini',
    '..',
    '.',
    '',
    'outside\0',
    'password-reset\0.html',
    '%2e%2e%2foutside',
    '..%2foutside',
    '..%252foutside',
    '....//outside',
    '..;/outside',
    'file:///etc/passwd',
    '//server/share/x',
    '~/x',
    '$HOME/x',
    '-rf',
    'a'.repeat(65),
    'Password-Reset',
    'password reset',
    'password-reset\n',
    '\uff0e\uff0e\uff0foutside',
    '..\u2215outside',
    'con.html',
    'password-reset.html',
  ];
  it.each(PATHS)('have no path for a name: %j', async (name) => {
    expect(isTemplateName(name)).toBe(false);
    await expect(readTemplate(folder, name, 'en', 'html')).rejects.toThrow('no name of a template');
  });

  it.each(['../../outside', '..', 'de/../../outside', 'de\0', '', 'x'.repeat(50)])(
    'nor for a language: %j',
    async (language) => {
      expect(languagesOf(language)).toEqual([]);
      expect(await readTemplate(folder, 'password-reset', language, 'html')).toBe('OWN');
    },
  );

  it('are not read through a link that leads out, nor when they are huge', async () => {
    await expect(readTemplate(folder, 'linked', 'en', 'html')).rejects.toThrow('leads out');
    await expect(readTemplate(folder, 'huge', 'en', 'html')).rejects.toThrow('longer');
  });
});

describe('words', () => {
  it('are in the first language that there is', () => {
    expect(wordingOf('password-reset', ['de-AT', 'en-US'])).toMatchObject({
      language: 'de-AT',
      action: 'Passwort wählen',
    });
    expect(wordingOf('password-reset', ['fr-FR', 'de'])).toMatchObject({ language: 'de' });
    expect(wordingOf('password-reset', ['fr-FR'])).toMatchObject({ language: 'en', action: 'Choose a password' });
    expect(wordingOf('password-reset', [])).toMatchObject({ language: 'en' });
  });
});

describe('addresses of mail', () => {
  it.each(['ada@example.com', 'ada.l+tag@mail.example.co', "o'hara@example.com", 'müller@bücher.example', 'a@b'])(
    'one: %s',
    (address) => expect(isOneAddress(address)).toBe(true),
  );
  it.each([
    'ada@example.com,eve@evil.example',
    'ada@example.com;eve@evil.example',
    'ada@example.com eve@evil.example',
    'ada@example.com\neve@evil.example',
    'ada@example.com\r\nBcc: eve@evil.example',
    'ada@example.com%0aBcc:eve@evil.example',
    'Ada <ada@example.com>',
    '<ada@example.com>',
    'group: ada@example.com, eve@evil.example;',
    '"ada@example.com,eve"@evil.example',
    '"ada\\@x"@example.com',
    'ada(eve@evil.example)@example.com',
    'ada@example.com\0',
    'ada@[127.0.0.1]',
    'ada@example.com@evil.example',
    '-oQ/tmp@example.com',
    '-X/tmp/log@example.com',
    '@example.com',
    'ada@',
    'ada',
    '',
    ' ada@example.com',
    'ada@example.com ',
    'ada@-example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('none, or more than one: %j', (address) => expect(isOneAddress(address)).toBe(false));

  it('with a name', () => {
    expect(parseMailbox('The Club <club@example.com>')).toEqual({ name: 'The Club', address: 'club@example.com' });
    expect(parseMailbox('"The Club" <club@example.com>')).toEqual({ name: 'The Club', address: 'club@example.com' });
    expect(parseMailbox('club@example.com')).toEqual({ name: '', address: 'club@example.com' });
    expect(parseMailbox('a@example.com, b@example.com')).toBeNull();
    expect(parseMailbox('x\r\nBcc: e@evil.example <a@example.com>')).toBeNull();
  });
});
