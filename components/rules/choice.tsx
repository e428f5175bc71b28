import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";

export type Named = { id: string; name: string };

interface ChoiceProps {
  label: string;
  none: string;
  options: readonly Named[];
  value: string | null;
  onChange: (value: string | null) => void;
}

/** One of a list, or none of it. */
export function Choice({ label, none, options, value, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value ?? ""}
          onChange={({ target }) => onChange(target.value === "" ? null : target.value)}
        >
          <option value="">{none}</option>
          {options.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
