/** What a template may show. */
export type TemplateValues = Readonly<Record<string, string>>;

const TAG = /\{\{\s*([#^/]?)\s*([a-z][a-z_]{0,39})\s*\}\}/g;

/**
 * Fills a template: `{{ name }}` becomes the value, `{{#name}}…{{/name}}` stays where there is one, `{{^name}}…{{/name}}`
 * where there is none. There is nothing else: no expressions, no code, no way to have a value unescaped. What looks
 * different is text. Values are texts and are not looked at for tags.
 */
export function fillTemplate(template: string, values: TemplateValues, safe: (value: string) => string): string {
  const open: { name: string; shown: boolean }[] = [];
  const parts: string[] = [];
  let end = 0;
  const isShown = (): boolean => open.at(-1)?.shown ?? true;
  for (const tag of template.matchAll(TAG)) {
    const [whole, kind, name = ''] = tag;
    if (isShown()) parts.push(template.slice(end, tag.index));
    end = tag.index + whole.length;
    const value = Object.hasOwn(values, name) ? (values[name] ?? '') : '';
    if (kind === '/') {
      if (open.at(-1)?.name === name) open.pop();
    } else if (kind !== '') open.push({ name, shown: isShown() && (value !== '') === (kind === '#') });
    else if (isShown()) parts.push(safe(value));
  }
  if (isShown()) parts.push(template.slice(end));
  return parts.join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** For HTML text and quoted attributes. */
export const escapeHtml = (value: string): string => oneLine(value).replace(/[&<>"'`]/g, (one) => ENTITIES[one] ?? one);

/** A value in a line of text or a header: no line breaks, no controls, nothing invisible that turns text around. */
export const oneLine = (value: string): string =>
  value
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
