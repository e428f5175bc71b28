"use client";

import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import type { FieldControl } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { fieldErrors } from "#lib/browser/api";
import type { ProviderField } from "#lib/notifications/provider-fields";

export interface ProviderValues {
  settings: Record<string, unknown>;
  secret: Record<string, string>;
}

interface ProviderFieldsProps {
  fields: readonly ProviderField[];
  values: ProviderValues;
  /** Secrets that are stored: leaving their field empty keeps them. */
  stored: readonly string[];
  error: Error | null;
  onChange: (values: ProviderValues) => void;
}

/** The settings that a kind of provider asks for. */
export function ProviderFields({ fields, values, stored, error, onChange }: ProviderFieldsProps) {
  return fields.map((field) => {
    const { name, isSecret } = field;
    const set = (value: unknown) =>
      onChange(
        isSecret
          ? { ...values, secret: { ...values.secret, [name]: String(value) } }
          : { ...values, settings: { ...values.settings, [name]: value } },
      );
    const value = isSecret ? values.secret[name] : values.settings[name];
    if (field.input === "switch") {
      return (
        <CheckboxField
          key={name}
          label={field.label}
          hint={field.hint}
          checked={value === true}
          onChange={({ target }) => set(target.checked)}
        />
      );
    }
    const isKept = isSecret === true && stored.includes(name);
    return (
      <Field
        key={name}
        label={field.label}
        hint={field.hint}
        optional={field.isOptional ?? false}
        errors={fieldErrors(error, `${isSecret ? "secret" : "settings"}.${name}`)}
      >
        {(control) => (
          <Control
            control={control}
            field={field}
            value={textOf(value)}
            isRequired={field.isOptional !== true && !isKept}
            placeholder={isKept ? "Stored; leave empty to keep it" : field.placeholder}
            onChange={set}
          />
        )}
      </Field>
    );
  });
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "string" ? value : "";
}

interface ControlProps {
  control: FieldControl;
  field: ProviderField;
  value: string;
  isRequired: boolean;
  placeholder: string | undefined;
  onChange: (value: string) => void;
}

function Control({ control, field, value, isRequired, placeholder, onChange }: ControlProps) {
  if (field.choices) {
    return (
      <Select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    );
  }
  if (field.input === "lines") {
    return (
      <Textarea
        {...control}
        rows={3}
        required={isRequired}
        placeholder={placeholder}
        value={value}
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
      />
    );
  }
  return (
    <Input
      {...control}
      type={field.isSecret ? "password" : (field.input ?? "text")}
      autoComplete="off"
      required={isRequired}
      placeholder={placeholder}
      value={value}
      spellCheck={false}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
