import { Text } from '@mantine/core';
import type { ComponentType } from 'react';
import { choicesOf } from '../choices.ts';
import { type Field, useModel } from '../model.ts';
import { relationEnd } from '../relations.ts';
import { BooleanInput, ChoiceInput, ListInput } from './inputs/choice-inputs.tsx';
import type { InputProps } from './inputs/input-props.ts';
import { JsonField } from './inputs/json-field.tsx';
import { MomentInput } from './inputs/moment-input.tsx';
import { ColourInput, LineInput, LongTextInput, NumericInput, SecretInput } from './inputs/text-inputs.tsx';
import { ManyToAnyInput } from './relations/many-to-any-input.tsx';
import { ManyToOneInput } from './relations/many-to-one-input.tsx';
import { RelatedListInput } from './relations/related-list-input.tsx';

/** The input that fits a field: by its relation, its interface, its type. */
export function FieldInput(props: InputProps) {
  const model = useModel();
  const { field } = props;
  const end = relationEnd(model, field.collection, field.field);
  if (end?.kind === 'm2o') return <ManyToOneInput {...props} related={end.related} />;
  if (end?.kind === 'm2a') return <ManyToAnyInput {...props} end={end} />;
  if (end) return <RelatedListInput {...props} end={end} />;
  if (field.type === 'binary') return <Text size="sm">{props.label}</Text>;
  const Input = inputFor(field);
  return <Input {...props} />;
}

const LISTS = ['tags', 'select-multiple-checkbox', 'select-multiple-dropdown', 'select-multiple-checkbox-tree'];
const LONG = ['input-multiline', 'input-rich-text-md', 'input-rich-text-html', 'textarea', 'markdown', 'wysiwyg'];

function inputFor(field: Field): ComponentType<InputProps> {
  const kind = field.meta?.interface ?? '';
  const special = field.meta?.special ?? [];
  if (field.type === 'hash' || special.includes('hash') || special.includes('conceal')) return SecretInput;
  if (field.type === 'csv' || (field.type === 'json' && LISTS.includes(kind))) return ListInput;
  if (field.type === 'json' || field.type.startsWith('geometry')) return JsonField;
  if (field.type === 'boolean') return BooleanInput;
  if (choicesOf(field).length > 0 && field.meta?.options?.allowOther !== true) return ChoiceInput;
  if (kind === 'select-color') return ColourInput;
  if (['integer', 'bigInteger', 'float', 'decimal'].includes(field.type)) return NumericInput;
  if (['date', 'time', 'dateTime', 'timestamp'].includes(field.type)) return MomentInput;
  return field.type === 'text' || LONG.includes(kind) ? LongTextInput : LineInput;
}
