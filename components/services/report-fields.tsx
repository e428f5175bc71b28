"use client";

import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";

interface Value {
  feature: string | null;
  component: string | null;
  customerFacing: boolean;
  availabilityTarget: number | null;
}

interface ReportFieldsProps {
  value: Value;
  error: unknown;
  onChange: (change: Partial<Value>) => void;
}

/** What reports group the service's incidents by, and whether its availability is reported. */
export function ReportFields({ value, error, onChange }: ReportFieldsProps) {
  const label = (name: "feature" | "component", text: string, placeholder: string) => (
    <Field label={text} optional errors={fieldErrors(error, name)}>
      {(control) => (
        <Input
          {...control}
          maxLength={100}
          placeholder={placeholder}
          value={value[name] ?? ""}
          onChange={(event) => onChange({ [name]: event.target.value || null })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {label("feature", "Feature", "Betting")}
        {label("component", "Component", "bet-slip")}
      </div>
      <CheckboxField
        label="Customers meet it directly"
        hint="Its availability is reported."
        checked={value.customerFacing}
        onChange={(event) => onChange({ customerFacing: event.target.checked })}
      />
      {value.customerFacing ? (
        <Field
          label="Availability promised"
          optional
          hint="Per cent of each month without a major incident."
          errors={fieldErrors(error, "availabilityTarget")}
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={100}
              step="any"
              placeholder="99.9"
              value={value.availabilityTarget ?? ""}
              onChange={(event) =>
                onChange({
                  availabilityTarget: event.target.value === "" ? null : Number(event.target.value),
                })
              }
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
