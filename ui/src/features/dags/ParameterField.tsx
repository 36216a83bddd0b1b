import { Select, TextInput } from '@mantine/core';
import type { ParameterView } from '@/api/types';
import { range } from './DagTables';

interface Field {
  parameter: ParameterView;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** A field for a declared parameter, with its bounds in words. */
export function ParameterField({ parameter, value, error, onChange }: Field) {
  const label = parameter.name;
  const description = [parameter.description, range(parameter)].filter(Boolean).join('. ') || undefined;
  if (parameter.type === 'boolean') {
    return (
      <Select
        label={label}
        description={description}
        error={error}
        data={['true', 'false']}
        value={value || null}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  return (
    <TextInput
      type={parameter.type === 'date' ? 'date' : 'text'}
      inputMode={parameter.type === 'integer' ? 'numeric' : parameter.type === 'number' ? 'decimal' : 'text'}
      label={label}
      description={description}
      error={error}
      required={parameter.default_value === undefined}
      placeholder={parameter.default_value}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
