import { invalidQuery } from '../../errors/index.ts';
import {
  givenNames,
  isGiven,
  type Parameters,
  readTransformation,
  type Transformation,
  type TransformationLimits,
} from './transformation.ts';

/** What the project's settings say about transformations. */
export interface TransformSettings {
  readonly allowed: 'all' | 'presets' | 'none';
  /** Each with its `key`. */
  readonly presets: readonly Parameters[];
}

/** What the Studio shows files with; there whatever the settings say. */
const SYSTEM_PRESETS: Readonly<Record<string, Parameters>> = {
  'system-small-cover': { width: 64, height: 64, fit: 'cover' },
  'system-small-contain': { width: 64, fit: 'contain' },
  'system-medium-cover': { width: 300, height: 300, fit: 'cover' },
  'system-medium-contain': { width: 300, fit: 'contain' },
  'system-large-cover': { width: 800, height: 800, fit: 'cover' },
  'system-large-contain': { width: 800, fit: 'contain' },
};

export const asksForTransformation = (parameters: Parameters): boolean =>
  isGiven(parameters.key) || givenNames(parameters).length > 0;

/** What an address asks for. Throws INVALID_QUERY for what is malformed, unknown, or not allowed by the settings. */
export function requestedTransformation(
  parameters: Parameters,
  { allowed, presets }: TransformSettings,
  limits: TransformationLimits,
): Transformation {
  const { key } = parameters;
  if (!isGiven(key)) {
    if (allowed !== 'all') throw invalidQuery('This project does not transform files on request.');
    return readTransformation(parameters, limits);
  }
  if (givenNames(parameters).length > 0) throw invalidQuery('"key" stands alone: the preset says everything.');
  if (typeof key === 'string' && Object.hasOwn(SYSTEM_PRESETS, key)) {
    return readTransformation(SYSTEM_PRESETS[key] ?? {}, limits);
  }
  const preset = allowed === 'none' ? undefined : presets.find((entry) => entry.key === key);
  if (!preset) throw invalidQuery('"key" names no preset.');
  return readTransformation(preset, limits);
}
