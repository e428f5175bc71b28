"use client";

import { useState } from "react";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";

interface TimerFieldProps {
  /** The field's name in the refusals of the server. */
  name: string;
  label: string;
  hint: string;
  /** Seconds; null: off. */
  value: number | null;
  /** What it begins with when it is switched on, in seconds. */
  usual: number;
  error: unknown;
  onChange: (seconds: number | null) => void;
}

/** A timer in minutes that can be off. */
export function TimerField({ name, label, hint, value, usual, error, onChange }: TimerFieldProps) {
  const [text, setText] = useState(value === null ? "" : String(value / 60));
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
      <CheckboxField
        label={label}
        hint={hint}
        className="min-w-60 flex-1"
        checked={value !== null}
        onChange={(event) => {
          setText(event.target.checked ? String(usual / 60) : "");
          onChange(event.target.checked ? usual : null);
        }}
      />
      {value === null ? null : (
        <Field label={`${label}: minutes`} hideLabel errors={fieldErrors(error, name)} className="w-36">
          {(control) => (
            <span className="flex items-center gap-2 text-table text-text-2">
              <Input
                {...control}
                type="number"
                inputMode="decimal"
                min={0.5}
                step="any"
                required
                className="tabular text-right"
                value={text}
                onChange={(event) => {
                  setText(event.target.value);
                  const minutes = Number(event.target.value);
                  if (minutes > 0) onChange(Math.round(minutes * 60));
                }}
              />
              min
            </span>
          )}
        </Field>
      )}
    </div>
  );
}
