"use client";

import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio-group";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { fieldErrors } from "#lib/browser/api";
import type { FilterChoicesDto } from "#lib/incidents/schemas";

export type DeclareDraft = {
  title: string;
  service: string;
  priority: string;
  source: string;
  details: string;
};

interface DeclareFieldsProps {
  draft: DeclareDraft;
  choices: FilterChoicesDto;
  error: unknown;
  onChange: (change: Partial<DeclareDraft>) => void;
}

const SOURCES = [
  { value: "internal_person", label: "One of us" },
  { value: "customer_report", label: "A customer" },
  { value: "partner", label: "A partner" },
  { value: "social", label: "Social media" },
];

/** What, where and how bad; the rest is optional. */
export function DeclareFields({ draft, choices, error, onChange }: DeclareFieldsProps) {
  return (
    <>
      <Field label="What is wrong?" errors={fieldErrors(error, "title")}>
        {(control) => (
          <Input
            {...control}
            required
            data-initial-focus
            maxLength={1024}
            value={draft.title}
            placeholder="Checkout answers 5xx for card payments"
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Service"
        hint="Its escalation policy decides who is paged."
        errors={fieldErrors(error, "serviceId")}
      >
        {(control) => (
          <Select
            {...control}
            required
            value={draft.service}
            onChange={(event) => onChange({ service: event.target.value })}
          >
            <option value="">Choose a service</option>
            {choices.services.map((entry) => (
              <option key={entry.id} value={entry.id}>
                {entry.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <PriorityField draft={draft} choices={choices} error={error} onChange={onChange} />
      <RadioGroup
        legend="Who noticed first?"
        name="source"
        value={draft.source}
        onValueChange={(source) => onChange({ source })}
        options={SOURCES}
      />
      <Field label="Details" optional errors={fieldErrors(error, "body")}>
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            value={draft.details}
            onChange={(event) => onChange({ details: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function PriorityField({ draft, choices, error, onChange }: DeclareFieldsProps) {
  const chosen = choices.priorities.find((entry) => entry.id === draft.priority);
  return (
    <Field
      label="Priority"
      hint={chosen?.description ?? "Not sure? Choose the higher one: it can be lowered later."}
      errors={fieldErrors(error, "priorityId")}
    >
      {(control) => (
        <Select
          {...control}
          value={draft.priority}
          onChange={(event) => onChange({ priority: event.target.value })}
        >
          <option value="">Not known yet</option>
          {choices.priorities.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {entry.name}: {entry.description}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
