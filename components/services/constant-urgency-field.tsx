"use client";

import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import type { ConstantUrgency } from "#lib/services/service";

const WORDS: Record<ConstantUrgency["urgency"], string> = {
  high: "High",
  low: "Low",
  severity_based: "By severity",
};

interface ConstantUrgencyFieldProps {
  label: string;
  value: ConstantUrgency;
  onChange: (value: ConstantUrgency) => void;
}

export function ConstantUrgencyField({ label, value, onChange }: ConstantUrgencyFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value.urgency}
          onChange={(event) => {
            const chosen = event.target.value;
            const urgency = chosen === "low" || chosen === "severity_based" ? chosen : "high";
            onChange({ type: "constant", urgency });
          }}
        >
          {Object.entries(WORDS).map(([urgency, word]) => (
            <option key={urgency} value={urgency}>
              {word}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
