"use client";

import { useState } from "react";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio-group";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import type { GroupingMode, GroupingSetting } from "#lib/noise/grouping-setting";

export type GroupingDraft = GroupingSetting & { raisesUrgency: boolean };

interface GroupingFieldsProps {
  value: GroupingDraft;
  error: unknown;
  disabled?: boolean;
  onChange: (change: Partial<GroupingDraft>) => void;
}

/** By what alerts are put onto one incident, and for how long. */
export function GroupingFields({ value, error, disabled, onChange }: GroupingFieldsProps) {
  const choose = (mode: GroupingMode) =>
    onChange({ mode, ...(mode !== "time" && value.windowSeconds === 0 ? { windowSeconds: 900 } : {}) });
  return (
    <fieldset disabled={disabled} className="flex max-w-180 flex-col gap-4">
      <legend className="sr-only">Grouping</legend>
      <RadioGroup<GroupingMode>
        legend="Alerts go onto one incident"
        name="mode"
        value={value.mode}
        onValueChange={choose}
        options={[
          { value: "off", label: "Never", hint: "Every alert opens an incident of its own." },
          {
            value: "similarity",
            label: "When they are alike",
            hint: "Compares their texts without numbers and names, and what people merged or moved apart before.",
          },
          { value: "content", label: "When fields are equal", hint: "For example the same component." },
          { value: "both", label: "When fields are equal and they are alike" },
          {
            value: "time",
            label: "When they come close together",
            hint: "Coarse: what fails at the same time for another reason hides on the same incident.",
          },
        ]}
      />
      {value.mode === "content" || value.mode === "both" ? (
        <ContentFields value={value} error={error} onChange={onChange} />
      ) : null}
      {value.mode === "off" ? null : (
        <>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <WindowField value={value} error={error} onChange={onChange} />
            {value.mode === "similarity" || value.mode === "both" ? (
              <ThresholdField value={value} error={error} onChange={onChange} />
            ) : null}
          </div>
          <CheckboxField
            label="A worse alert raises the urgency"
            hint="An alert that would have paged by itself makes an incident of low urgency high when it joins it."
            checked={value.raisesUrgency}
            onChange={(event) => onChange({ raisesUrgency: event.target.checked })}
          />
        </>
      )}
    </fieldset>
  );
}

function ContentFields({ value, error, onChange }: GroupingFieldsProps) {
  const [text, setText] = useState(value.fields.join(", "));
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-[1fr_auto]">
      <Field
        label="Fields"
        hint="Separated by commas: summary, source, severity, component, group, class, custom_details.region"
        errors={fieldErrors(error, "fields")}
      >
        {(control) => (
          <Input
            {...control}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              const fields = event.target.value.split(",").map((name) => name.trim());
              onChange({ fields: fields.filter((name) => name !== "") });
            }}
          />
        )}
      </Field>
      <Field label="Of them">
        {(control) => (
          <Select
            {...control}
            value={value.aggregate}
            onChange={(event) => onChange({ aggregate: event.target.value === "any" ? "any" : "all" })}
          >
            <option value="all">all must be equal</option>
            <option value="any">one is enough</option>
          </Select>
        )}
      </Field>
    </div>
  );
}

const WINDOWS = [
  [120, "2 minutes"],
  [300, "5 minutes"],
  [900, "15 minutes"],
  [1800, "30 minutes"],
  [3600, "1 hour"],
  [7200, "2 hours"],
  [14_400, "4 hours"],
  [28_800, "8 hours"],
  [43_200, "12 hours"],
  [86_400, "24 hours"],
] as const;

function WindowField({ value, error, onChange }: GroupingFieldsProps) {
  const byTime = value.mode === "time";
  const known = WINDOWS.some(([seconds]) => seconds === value.windowSeconds) || value.windowSeconds === 0;
  return (
    <Field
      label={byTime ? "Within this time of the first" : "As long as alerts keep coming within"}
      hint={byTime ? undefined : "Each alert extends it; after 24 hours a new incident opens."}
      errors={fieldErrors(error, "windowSeconds")}
    >
      {(control) => (
        <Select
          {...control}
          value={value.windowSeconds}
          onChange={(event) => onChange({ windowSeconds: Number(event.target.value) })}
        >
          {known ? null : <option value={value.windowSeconds}>{value.windowSeconds} seconds</option>}
          {byTime ? <option value={0}>as long as it is open</option> : null}
          {WINDOWS.map(([seconds, label]) => (
            <option key={seconds} value={seconds}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function ThresholdField({ value, error, onChange }: GroupingFieldsProps) {
  const [text, setText] = useState(String(value.threshold));
  return (
    <Field
      label="Least score"
      hint="Same kind of text: 0.8. Lower joins more, and joins more wrongly."
      errors={fieldErrors(error, "threshold")}
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="decimal"
          min={0.1}
          max={1}
          step={0.01}
          className="tabular"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            const threshold = Number(event.target.value);
            if (threshold > 0) onChange({ threshold });
          }}
        />
      )}
    </Field>
  );
}
