import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useModel } from '../model.ts';
import { type Change, follow } from './socket.ts';

/** Changes that come faster are looked at together. */
const TOGETHER_MS = 150;

/** Reads a collection's items again as soon as somebody changes one, wherever that is. */
export function useLive(collection: string, heard?: (change: Change) => void): void {
  const queries = useQueryClient();
  const keyField = useModel().primaryKey(collection)?.field;
  const hear = useRef(heard);
  hear.current = heard;
  useEffect(() => {
    if (!keyField) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = follow(collection, keyField, (change) => {
      hear.current?.(change);
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: ['items', collection] });
      }, TOGETHER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [collection, keyField, queries]);
}
