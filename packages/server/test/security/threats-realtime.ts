import type { Planted, Threat } from './threats.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

const RESUME = 'realtime/resume.test.ts';
const LOGS = 'realtime/logs.test.ts';
const LIVE_QUERY = 'GHSA-7ch5-98q2-7289 (CVE-2026-30947), GHSA-pfj7-wv7c-22pr (CVE-2026-33409)';

/** Of sockets: what is told of changes, and of the log. */
export const REALTIME_THREATS: readonly Threat[] = [
  {
    known: `${LIVE_QUERY}, of what was missed`,
    mistake: 'where to resume was whatever a client said',
    test: RESUME,
    title: 'learn that they have to read again',
    planted: plant('realtime/position.ts', [
      'if (!timingSafeEqual(Buffer.from(seal), Buffer.from(right))) return null;',
      'void right;',
    ]),
  },
  {
    known: `${LIVE_QUERY}, of what was missed`,
    mistake: 'a cursor counted under other rights',
    test: RESUME,
    title: 'see what they missed with present rights',
    planted: plant('realtime/position.ts', ['.update(`${print}\\n${plain}`)', '.update(plain)']),
  },
  {
    known: `${LIVE_QUERY}, of what was missed`,
    mistake: 'deletions of what could not be seen were told',
    test: RESUME,
    title: 'see what they missed with present rights',
    planted: plant('realtime/deliveries.ts', [
      'return seen === null ? keys : keys.filter((key) => seen.has(String(key)));',
      'return seen === null ? keys : [...keys];',
    ]),
  },
  {
    known: `${LIVE_QUERY}, of what leaves a view`,
    mistake: 'what had never been in the view was told to have left it',
    test: RESUME,
    title: 'hear what leaves their view as if it were gone, if they want',
    planted: plant('realtime/deliveries.ts', ['this.#sawThen(group, keys, was, true);', '[...keys];']),
  },
  {
    known: `${LIVE_QUERY}, of open sockets`,
    mistake: 'other rights were no reason to read again',
    test: RESUME,
    title: 'are told on the way when their rights change',
    planted: plant('realtime/wish.ts', ['if (this.print !== null) this.#missed = true;', '']),
  },
  {
    known: 'GHSA-x3vm-88hf-gpxp (CVE-2025-53885), on a socket',
    mistake: 'what failed was told with its secrets',
    test: LOGS,
    title: 'tells of requests and of what fails behind them, by level, without secrets',
    planted: plant('observe/log-entries.ts', ['msg: hide(message)', 'msg: message']),
  },
  {
    known: 'GHSA-vw58-ph65-6rxp (CVE-2024-47822), on a socket',
    mistake: 'tokens of addresses were told',
    test: LOGS,
    title: 'holds no secrets, whatever they stand in',
    planted: plant('observe/redaction.ts', ['([?&;#]${PARAMETER}=)', '([?&;#]a=)']),
  },
  {
    known: 'GHSA-56p6-qw3c-fq2g (fix 11.5.0), of the log',
    mistake: 'who was an administrator went on to watch',
    test: LOGS,
    title: 'is for administrators, as long as they are',
    planted: plant('sockets/logs-connection.ts', [
      'standing.accountability);\n    if (!profile.admin) this.withdrawn();',
      'standing.accountability);\n    void profile;',
    ]),
  },
  {
    known: 'GHSA-34r5-q4jw-r36m, of sockets that do not read',
    mistake: 'messages waited for a slow reader without an end',
    test: 'realtime/slow-readers.test.ts',
    title: 'are let go, and come back for what they missed, at whatever pace they read',
    planted: plant('sockets/connection.ts', [
      'if (this.ws.bufferedAmount > MAX_OUTGOING) {',
      'if (this.ws.bufferedAmount > MAX_OUTGOING * 1_000) {',
    ]),
  },
];
