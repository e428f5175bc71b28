import { ExpressionError } from "#components/ui/expression-error";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/textarea";
import type { JsonTrial } from "#lib/events/client";
import type { JsonMapping, MappedField } from "#lib/events/json-mapping";
import { MAPPED_FIELDS } from "#lib/events/json-mapping";

const FIELDS: Record<MappedField, { label: string; hint?: string }> = {
  items: {
    label: "Items",
    hint: "A list over body: each element becomes an event. Empty: the body is the only one.",
  },
  action: {
    label: "State",
    hint: 'A word as firing, resolved or acknowledged, or true while it fires. Unknown words and none fire; "ignore" is passed over.',
  },
  dedupKey: {
    label: "Key",
    hint: "What the problem is known by, the same in every message about it. Empty: its source and summary.",
  },
  summary: { label: "Summary", hint: "What people read first." },
  source: { label: "Source", hint: "Which system has the problem." },
  severity: { label: "Severity", hint: "A word or a number, as critical, P1 or 2. Empty or unknown: error." },
  component: { label: "Component" },
  group: { label: "Group" },
  class: { label: "Class" },
  details: { label: "Custom details", hint: "Kept with the alert, for people and rules." },
  links: { label: "Links", hint: "An address, or a list of them or of {href, text}." },
  time: { label: "Time", hint: "When the sender saw this state, not when the problem began." },
};

interface MappingFieldsProps {
  draft: JsonMapping;
  errors: JsonTrial["errors"];
  readOnly: boolean;
  onChange: (field: MappedField, expression: string) => void;
}

/** An expression for each field of an event. */
export function MappingFields({ draft, errors, readOnly, onChange }: MappingFieldsProps) {
  return (
    <div className="flex flex-col gap-3">
      {MAPPED_FIELDS.map((name) => {
        const { label, hint } = FIELDS[name];
        const error = errors.find(({ field }) => field === name);
        return (
          <div key={name} className="flex flex-col gap-1.5">
            <Field
              label={label}
              {...(hint === undefined ? {} : { hint })}
              error={
                error === undefined ? undefined : <ExpressionError {...error} expression={draft[name]} />
              }
            >
              {(control) => (
                <Textarea
                  {...control}
                  rows={1}
                  className="min-h-0 font-mono text-table"
                  spellCheck={false}
                  autoComplete="off"
                  readOnly={readOnly}
                  value={draft[name]}
                  onChange={({ target }) => onChange(name, target.value)}
                />
              )}
            </Field>
          </div>
        );
      })}
    </div>
  );
}
