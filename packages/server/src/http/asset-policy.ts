/** Options of ASSETS_CONTENT_SECURITY_POLICY_*. */
interface PolicyOptions {
  readonly [name: string]: unknown;
}

/**
 * What a file may do when somebody opens it as a page: show itself. No scripts, no forms, no requests, no origin
 * (`sandbox`).
 */
const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'img-src': "'self' data:",
  'media-src': "'self'",
  'style-src': "'unsafe-inline'",
  'form-action': "'none'",
  sandbox: '',
};

/** Files that browsers open as documents, in which text and links of strangers would appear under our address. */
const DOCUMENTS: ReadonlySet<string> = new Set([
  'text/html',
  'application/xhtml+xml',
  'text/xml',
  'application/xml',
  'text/xsl',
  'application/xslt+xml',
  'application/mathml+xml',
  'multipart/related',
  'message/rfc822',
  'application/x-shockwave-flash',
]);

/** Whether a file is offered for saving, also to who did not ask for that. SVG is shown: the policy leaves it a drawing. */
export const isDocument = (type: string): boolean => DOCUMENTS.has(type);

export interface AssetPolicy {
  readonly header: 'content-security-policy' | 'content-security-policy-report-only';
  readonly value: string;
  /** Browsers show PDFs with a viewer of their own, which a sandbox keeps from working. */
  readonly valueForPdf: string;
}

/**
 * The policy with the project's own directives (`directives.mediaSrc`), which replace ours one by one; `false` removes one.
 * `useDefaults=false` begins with none, `reportOnly=true` only reports.
 */
export function assetPolicy(options: PolicyOptions): AssetPolicy {
  const directives = new Map(options.useDefaults === false ? [] : Object.entries(DIRECTIVES));
  const own = options.directives;
  for (const [name, value] of own !== null && typeof own === 'object' ? Object.entries(own) : []) {
    const directive = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value === false || value === null) directives.delete(directive);
    else directives.set(directive, sources(value));
  }
  const written = (skipped: string): string =>
    [...directives]
      .filter(([name]) => name !== skipped)
      .map(([name, value]) => `${name} ${value}`.trim())
      .join('; ');
  return {
    header: options.reportOnly === true ? 'content-security-policy-report-only' : 'content-security-policy',
    value: written(''),
    valueForPdf: written('sandbox'),
  };
}

function sources(value: unknown): string {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === true ? [] : [value];
  return list
    .join(' ')
    .replace(/[;\r\n]/g, ' ')
    .split(/[\s,]+/)
    .join(' ');
}
