"use client";

import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import type { NobodyAnsweredSetting } from "#lib/escalation/policy";

export type EndingChoices = {
  people: readonly { id: string; name: string }[];
  policies: readonly { id: string; name: string }[];
  priorities: readonly { id: string; name: string }[];
};

interface NobodyAnsweredFieldsProps {
  value: NobodyAnsweredSetting;
  choices: EndingChoices;
  errorsFor: (path: string) => string[];
  onChange: (value: NobodyAnsweredSetting) => void;
}

/** What happens, once, when every pass is over and nobody acknowledged. */
export function NobodyAnsweredFields({ value, choices, errorsFor, onChange }: NobodyAnsweredFieldsProps) {
  const set = (change: Partial<NobodyAnsweredSetting>) => onChange({ ...value, ...change });
  const told = value.tell === null ? "" : value.tell.type === "managers" ? "managers" : value.tell.id;
  return (
    <fieldset className="mt-4 flex flex-col gap-3 border-t pt-4">
      <legend className="sr-only">When nobody answered</legend>
      <p className="text-table text-text-2">
        When every level was told as often as that and nobody acknowledged, once:
      </p>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Tell" errors={errorsFor("nobodyAnswered.tell")}>
          {(control) => (
            <Select {...control} value={told} onChange={(event) => set({ tell: tellOf(event.target.value) })}>
              <option value="">nobody else</option>
              <option value="managers">the team’s managers</option>
              <Options choices={choices.people} />
            </Select>
          )}
        </Field>
        <Field label="Raise the priority to" errors={errorsFor("nobodyAnswered.priorityId")}>
          {(control) => (
            <Select
              {...control}
              value={value.priorityId ?? ""}
              onChange={(event) => set({ priorityId: event.target.value || null })}
            >
              <option value="">leave it</option>
              <Options choices={choices.priorities} />
            </Select>
          )}
        </Field>
        <Field label="Hand over to" errors={errorsFor("nobodyAnswered.policyId")}>
          {(control) => (
            <Select
              {...control}
              value={value.policyId ?? ""}
              onChange={(event) =>
                set({ policyId: event.target.value || null, ...(event.target.value && { repeat: false }) })
              }
            >
              <option value="">nobody: the last level keeps it</option>
              <Options choices={choices.policies} />
            </Select>
          )}
        </Field>
      </div>
      <div>
        <CheckboxField
          label="Raise low urgency to high"
          hint="And begin again at level 1 by the rules for high urgency. Only services that escalate low urgency get here with one."
          checked={value.raiseUrgency}
          onChange={(event) => set({ raiseUrgency: event.target.checked })}
        />
        <CheckboxField
          label="Begin again until somebody acknowledges or it is over"
          hint="At most six passes an hour."
          disabled={value.policyId !== null}
          checked={value.repeat}
          onChange={(event) => set({ repeat: event.target.checked })}
        />
      </div>
    </fieldset>
  );
}

function tellOf(value: string): NobodyAnsweredSetting["tell"] {
  if (value === "") return null;
  return value === "managers" ? { type: "managers" } : { type: "user", id: value };
}

function Options({ choices }: { choices: readonly { id: string; name: string }[] }) {
  return choices.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}
