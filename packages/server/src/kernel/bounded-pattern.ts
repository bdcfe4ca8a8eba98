import { createContext, Script } from 'node:vm';

/** A pattern that needs longer than this for one text is one that never ends. Milliseconds. */
const TIMEOUT = 100;
const LITERAL = /^\/(.*)\/([a-z]*)$/s;

const sandbox: { pattern?: RegExp; text?: string } = {};
const context = createContext(sandbox);
const match = new Script('pattern.test(text)');

/**
 * The pattern that people write as `/pattern/flags` or bare. Without the flags g and y, which would make an answer depend
 * on the one before. Throws SyntaxError.
 */
export function parsePattern(written: string): RegExp {
  const literal = LITERAL.exec(written);
  return literal ? new RegExp(literal[1] as string, literal[2]?.replace(/[gy]/g, '')) : new RegExp(written);
}

/**
 * Whether a pattern matches a text. Where anybody chooses the text, an unlucky pattern can take centuries: it runs where
 * it can be stopped, and a text on which it is stopped does not match.
 */
export function matchesInTime(pattern: RegExp, text: string): boolean {
  if (isLinear(pattern.source)) return pattern.test(text);
  sandbox.pattern = pattern;
  sandbox.text = text;
  try {
    return match.runInContext(context, { timeout: TIMEOUT }) === true;
  } catch {
    return false;
  } finally {
    delete sandbox.pattern;
    delete sandbox.text;
  }
}

/** Nothing to go back to: tied to the start, and at most one repetition. The check costs a hundredth of the guarded run. */
function isLinear(source: string): boolean {
  return source.startsWith('^') && !/[(|]/.test(source) && (source.match(/[*+?{]/g)?.length ?? 0) <= 1;
}
