import { Input, MultiSelect, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core';
import type { ParameterView } from '@/api/types';
import { range } from './DagTables';
import { items } from './parameters';

interface Field {
  parameter: ParameterView;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** A field for a declared parameter, with its bounds in words. */
export function ParameterField({ parameter, value, error, onChange }: Field) {
  const common = {
    label: parameter.name,
    description:
      [parameter.description, parameter.choices.length > 0 ? '' : range(parameter)].filter(Boolean).join('; ') ||
      undefined,
    error,
    required: parameter.default_value === undefined,
  };
  const joined = (list: string[]) => onChange(list.join(','));
  switch (parameter.type) {
    case 'boolean':
      return <Truth {...common} value={value} onChange={onChange} />;
    case 'enum':
    case 'secret':
      return (
        <Select
          {...common}
          data={parameter.choices}
          value={value || null}
          allowDeselect={false}
          onChange={(next) => onChange(next ?? '')}
        />
      );
    case 'list':
      return parameter.choices.length > 0 ? (
        <MultiSelect {...common} data={parameter.choices} value={items(value)} onChange={joined} />
      ) : (
        <TagsInput {...common} value={items(value)} onChange={joined} splitChars={[',', ' ']} acceptValueOnBlur />
      );
    default:
      return (
        <TextInput
          {...common}
          type={parameter.type === 'date' ? 'date' : 'text'}
          inputMode={MODES[parameter.type] ?? 'text'}
          min={parameter.type === 'date' ? parameter.minimum : undefined}
          max={parameter.type === 'date' ? parameter.maximum : undefined}
          placeholder={parameter.default_value}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

const MODES: Record<string, 'numeric' | 'decimal'> = { integer: 'numeric', number: 'decimal' };

interface TruthField {
  label: string;
  description: string | undefined;
  error: string | undefined;
  required: boolean;
  value: string;
  onChange: (value: string) => void;
}

/** Two buttons, neither of which is pressed before a choice was made. */
function Truth({ value, onChange, ...about }: TruthField) {
  return (
    <Input.Wrapper {...about} labelElement="div">
      <div>
        <SegmentedControl
          size="xs"
          aria-label={about.label}
          data={['true', 'false']}
          value={value}
          onChange={onChange}
        />
      </div>
    </Input.Wrapper>
  );
}
