import { createContext, use, useMemo } from 'react';
import { useLanguage } from '../../language/texts.tsx';
import { type FieldPath, type PathGroup, pathGroups, resolvePath } from '../field-paths.ts';
import { useModel } from '../model.ts';
import { relationEnd } from '../relations.ts';
import type { StepsToMany } from './tree.ts';

/** What every part of a builder needs to know of the collection. */
export interface FilterPlace {
  readonly groups: readonly PathGroup[];
  readonly resolve: (path: string) => FieldPath | null;
  readonly stepsToMany: StepsToMany;
  readonly variables: readonly string[];
  readonly patterns: boolean;
}

export const FilterPlaceContext = createContext<FilterPlace | null>(null);

export function useFilterPlace(collection: string, variables: readonly string[], patterns: boolean): FilterPlace {
  const model = useModel();
  const { language } = useLanguage();
  return useMemo(() => {
    const stepsToMany: StepsToMany = (path) => {
      let at = collection;
      for (const [index, step] of path.split('.').entries()) {
        const end = relationEnd(model, at, step);
        if (!end || end.kind === 'm2a') return 0;
        if (end.kind !== 'm2o') return path.includes('.') ? index + 1 : 0;
        at = end.related;
      }
      return 0;
    };
    return {
      groups: pathGroups(model, collection, language),
      resolve: (path) => resolvePath(model, collection, path, language),
      stepsToMany,
      variables,
      patterns,
    };
  }, [model, collection, language, variables, patterns]);
}

export function useInFilter(): FilterPlace {
  const place = use(FilterPlaceContext);
  if (!place) throw new Error('FilterBuilder is missing');
  return place;
}
