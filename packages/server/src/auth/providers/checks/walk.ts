import { ApiError } from '../../../errors/index.ts';
import { OutboundForbidden } from '../../../kernel/outbound/index.ts';

/** One thing that was looked at. */
export interface CheckStep {
  readonly name:
    | 'settings'
    | 'discovery'
    | 'keys'
    | 'metadata'
    | 'client'
    | 'profile'
    | 'directory'
    | 'people'
    | 'groups'
    | 'redirect_uri'
    | 'cookies'
    | 'rights';
  readonly ok: boolean;
  /** In words, for who sets the provider up. Never a secret. */
  readonly detail: string;
  /** At fault: a setting of the provider (`client_secret`) or of the server (`PUBLIC_URL`); null where none is. */
  readonly setting: string | null;
}

/** What a walk through a provider's setup found so far. */
export class Walk {
  readonly steps: CheckStep[] = [];

  passed(name: CheckStep['name'], detail: string): void {
    this.steps.push({ name, ok: true, detail, setting: null });
  }

  failed(name: CheckStep['name'], detail: string, setting: string): void {
    this.steps.push({ name, ok: false, detail, setting });
  }

  /** What somebody could not be asked for; `setting` holds their address. */
  unreachable(name: CheckStep['name'], error: unknown, setting: string): void {
    if (isForbidden(error)) {
      const detail = `the address in ${setting} is one that the server may not ask; IMPORT_IP_ALLOW_LIST could allow it`;
      this.failed(name, detail, 'IMPORT_IP_ALLOW_LIST');
    } else this.failed(name, reasonOf(error), setting);
  }
}

const MAX_LENGTH = 500;

const causes = function* (error: unknown): Iterable<unknown> {
  for (let one = error; one !== undefined && one !== null; one = (one as { cause?: unknown }).cause) yield one;
};

const isForbidden = (error: unknown): boolean => [...causes(error)].some((one) => one instanceof OutboundForbidden);

/** What an error says to people, with the code of what the network said: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. */
export function reasonOf(error: unknown): string {
  const codes = [...causes(error)].flatMap((one) => {
    const code = (one as { code?: unknown }).code;
    return typeof code === 'string' && /^[A-Z][A-Z_]+$/.test(code) && !(one instanceof ApiError) ? [code] : [];
  });
  const { reason } = error instanceof ApiError ? error.extensions : {};
  const whole = typeof reason === 'string' ? reason : error instanceof Error ? error.message : 'it does not answer';
  const said = whole.slice(0, MAX_LENGTH); // it may quote the provider
  return codes.length > 0 ? `${said.replace(/\.$/, '')} (${codes.at(-1)})` : said;
}
