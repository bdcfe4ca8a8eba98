import { Button, Drawer, Group, Select, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { saySaved } from '../../ui/notice.ts';
import { creationOf, defaultFits, EMPTY_DRAFT, type FieldDraft, withType } from './field-draft.ts';
import { type FieldKind, isRelationKind, RELATION_KINDS, VALUE_TYPES } from './field-kinds.ts';
import { KINDS } from './kind-texts.ts';
import { makeAll, type Step } from './making.ts';
import { NameInput } from './name-input.tsx';
import { fieldNameProblem } from './names.ts';
import { emptyRelation, type RelationDraft, relationSteps } from './relation-draft.ts';
import { RelationForm, relationIsComplete } from './relation-form.tsx';
import { ValueFieldForm } from './value-field-form.tsx';

const TEXTS = texts(
  {
    title: 'Add a field to {collection}',
    kind: 'What it holds',
    name: 'Name',
    hint: 'Used in the API and in the database. It can’t be changed later.',
    add: 'Add the field',
    cancel: 'Cancel',
    done: 'The field “{name}” has been added.',
  },
  {
    title: 'Ein Feld zu {collection} hinzufügen',
    kind: 'Was es enthält',
    name: 'Name',
    hint: 'Für die API und die Datenbank. Er kann später nicht geändert werden.',
    add: 'Feld hinzufügen',
    cancel: 'Abbrechen',
    done: 'Das Feld „{name}“ ist hinzugefügt.',
  },
);

interface Props {
  readonly collection: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function CreateField({ collection, opened, onClose }: Props) {
  const t = useTexts(TEXTS);
  return (
    <Drawer opened={opened} onClose={onClose} title={t('title', { collection })} position="right" size="lg">
      <Form collection={collection} onClose={onClose} />
    </Drawer>
  );
}

function Form({ collection, onClose }: Omit<Props, 'opened'>) {
  const t = useTexts(TEXTS);
  const words = useTexts(KINDS);
  const model = useModel();
  const queries = useQueryClient();
  const [kind, setKind] = useState<FieldKind>('string');
  const [name, setName] = useState('');
  const [value, setValue] = useState<FieldDraft>(EMPTY_DRAFT);
  const [relation, setRelation] = useState<RelationDraft>(emptyRelation('m2o'));
  const isRelation = isRelationKind(kind);
  const taken = model.fields(collection).map(({ field }) => field);
  const problem = fieldNameProblem(name, taken);
  const ready = problem === null && (isRelation ? relationIsComplete(model, relation) : defaultFits(value));

  const choose = (chosen: string | null): void => {
    if (!chosen) return;
    const next = chosen as FieldKind;
    setKind(next);
    if (isRelationKind(next)) setRelation(emptyRelation(next));
    else setValue(withType(value, next));
  };
  const creation = useMutation({
    mutationFn: async () => {
      const steps: readonly Step[] = isRelation
        ? relationSteps(model, collection, { ...relation, name })
        : [{ path: `/fields/${collection}`, body: creationOf({ ...value, name }), undo: '' }];
      await makeAll(steps);
      await queries.invalidateQueries({ queryKey: ['model'] });
      saySaved(t('done', { name }));
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) creation.mutate();
  };
  const options = (kinds: readonly FieldKind[]) => kinds.map((one) => ({ value: one, label: words(one) }));

  return (
    <form onSubmit={submit}>
      <Stack>
        <NameInput
          label={t('name')}
          description={t('hint')}
          value={name}
          problem={problem}
          onName={setName}
          data-autofocus
        />
        <Select
          label={t('kind')}
          data={[
            { group: words('values'), items: options(VALUE_TYPES) },
            { group: words('relations'), items: options(RELATION_KINDS) },
          ]}
          value={kind}
          onChange={choose}
          allowDeselect={false}
          searchable
          maxDropdownHeight={400}
        />
        {isRelation ? (
          <RelationForm collection={collection} draft={relation} onChange={setRelation} />
        ) : (
          <ValueFieldForm draft={value} onChange={setValue} />
        )}
        {creation.error && <FailureNotice failure={creation.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={creation.isPending}>
            {t('add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
