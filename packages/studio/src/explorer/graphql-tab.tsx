import { Alert, SegmentedControl, Stack, useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { buildClientSchema, type ExecutionResult, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { type ComponentProps, useMemo } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import type { Caller } from './caller.ts';
import { type GraphqlAnswer, isRefusedAsWrong, postGraphql, type Scope } from './graphql-request.ts';
import classes from './graphql-tab.module.css';

const TEXTS = texts(
  {
    scope: 'Which schema',
    items: 'Content',
    system: 'System',
    off: 'Introspection is switched off',
    how: 'The server tells nobody its schema (GRAPHQL_INTROSPECTION=false): queries work, without completion and documentation.',
  },
  {
    scope: 'Welches Schema',
    items: 'Inhalte',
    system: 'System',
    off: 'Introspection ist abgeschaltet',
    how: 'Der Server nennt niemandem sein Schema (GRAPHQL_INTROSPECTION=false): Abfragen gehen, ohne Vervollständigung und Dokumentation.',
  },
);

const FIRST: Readonly<Record<Scope, string>> = {
  items: '# Ctrl-Space completes, Ctrl-Enter sends.\n{\n  __typename\n}\n',
  system: '# Ctrl-Space completes, Ctrl-Enter sends.\n{\n  server_info\n}\n',
};

/** GraphiQL with the schema as the caller sees it. */
export function GraphqlTab({ caller }: { readonly caller: Caller }) {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const look = useComputedColorScheme('light');
  const { scope: said }: { scope?: string } = useSearch({ strict: false });
  const scope: Scope = said === 'system' ? 'system' : 'items';
  const fetcher = useMemo<ComponentProps<typeof GraphiQL>['fetcher']>(
    () => (params) => postGraphql(caller, scope, params) as Promise<ExecutionResult>,
    [caller, scope],
  );
  const { data, error } = useQuery({
    queryKey: ['explorer', 'graphql', scope, caller.number],
    gcTime: 0,
    queryFn: () => postGraphql(caller, scope, { query: getIntrospectionQuery() }),
  });
  const isOff = data ? isRefusedAsWrong(data) : false;
  const schema = useMemo(() => (data && !isOff ? schemaOf(data) : null), [data, isOff]);
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('scope')}
        size="xs"
        value={scope}
        onChange={(next) => void navigate({ to: '.', search: { tab: 'graphql', scope: next } })}
        data={[
          { value: 'items', label: t('items') },
          { value: 'system', label: t('system') },
        ]}
        style={{ alignSelf: 'start' }}
      />
      {error && <FailureNotice failure={error} />}
      {isOff && <Alert title={t('off')}>{t('how')}</Alert>}
      {data && !isOff && !schema && <FailureNotice failure={data} />}
      {!data && !error && <Loading />}
      {data && (
        <div className={classes.editors}>
          <GraphiQL
            key={`${scope} ${caller.number}`}
            fetcher={fetcher}
            schema={schema}
            defaultQuery={FIRST[scope]}
            // Queries may hold passwords: nothing is stored.
            storage={null as unknown as Storage}
            shouldPersistHeaders={false}
            showPersistHeadersSettings={false}
            isHeadersEditorEnabled={false}
            forcedTheme={look}
          />
        </div>
      )}
    </Stack>
  );
}

function schemaOf({ data }: GraphqlAnswer) {
  return data ? buildClientSchema(data as unknown as IntrospectionQuery) : null;
}
