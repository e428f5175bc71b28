"use client";

import { Choice } from "#components/rules/choice";
import type { Named } from "#components/rules/choice";
import { RouteFields } from "#components/rules/route-fields";
import { WriteFields } from "#components/rules/write-fields";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { URGENCIES } from "#lib/incidents/vocabulary";
import type { RuleActions, RuleSetKind } from "#lib/rules/rule";

export type RuleChoices = {
  services: readonly Named[];
  policies: readonly Named[];
  priorities: readonly Named[];
  webhooks: readonly Named[];
};

interface ActionFieldsProps {
  kind: RuleSetKind;
  actions: RuleActions;
  choices: RuleChoices;
  onChange: (actions: RuleActions) => void;
}

/** What a rule does; what is left empty stays as it is. */
export function ActionFields({ kind, actions, choices, onChange }: ActionFieldsProps) {
  const set = (changed: Partial<RuleActions>) => onChange({ ...actions, ...changed });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-table font-medium">Then</legend>
      {kind === "router" ? (
        <RouteFields actions={actions} services={choices.services} onChange={set} />
      ) : (
        <>
          <HoldFields kind={kind} actions={actions} set={set} />
          <TermFields actions={actions} choices={choices} set={set} />
          <WriteFields writes={actions.writes} onChange={(writes) => set({ writes })} />
          <WordFields actions={actions} set={set} />
        </>
      )}
      <WebhookFields actions={actions} webhooks={choices.webhooks} set={set} />
    </fieldset>
  );
}

interface PartProps {
  actions: RuleActions;
  set: (changed: Partial<RuleActions>) => void;
}

function HoldFields({ kind, actions, set }: PartProps & { kind: RuleSetKind }) {
  return (
    <>
      <div className="flex flex-wrap gap-x-6">
        <CheckboxField
          label="Suppress"
          hint="Kept as an alert; no incident, no page"
          checked={actions.suppress}
          onChange={({ target }) => set({ suppress: target.checked })}
        />
        {kind === "global" ? (
          <CheckboxField
            label="Drop"
            hint="Only its trace is kept"
            checked={actions.drop}
            onChange={({ target }) => set({ drop: target.checked })}
          />
        ) : null}
      </div>
      <Field
        label="Pause, in seconds"
        optional
        hint="Its incident opens after that, unless it is over by then"
      >
        {(control) => (
          <Input
            {...control}
            type="number"
            min={1}
            max={86_400}
            value={actions.pauseSeconds ?? ""}
            onChange={({ target }) =>
              set({ pauseSeconds: target.value === "" ? null : Number(target.value) })
            }
          />
        )}
      </Field>
    </>
  );
}

function TermFields({ actions, choices, set }: PartProps & { choices: RuleChoices }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Choice
        label="Severity"
        none="As it came"
        options={SEVERITIES.map((word) => ({ id: word, name: word }))}
        value={actions.severity}
        onChange={(value) => set({ severity: SEVERITIES.find((word) => word === value) ?? null })}
      />
      <Choice
        label="Urgency"
        none="By the service"
        options={URGENCIES.map((word) => ({ id: word, name: word }))}
        value={actions.urgency}
        onChange={(value) => set({ urgency: URGENCIES.find((word) => word === value) ?? null })}
      />
      <Choice
        label="Priority"
        none="None"
        options={choices.priorities}
        value={actions.priorityId}
        onChange={(priorityId) => set({ priorityId })}
      />
      <Choice
        label="Escalation policy"
        none="Of the service"
        options={choices.policies}
        value={actions.policyId}
        onChange={(policyId) => set({ policyId })}
      />
      <Choice
        label="Take as"
        none="As it came"
        options={[
          { id: "trigger", name: "trigger" },
          { id: "resolve", name: "resolve" },
        ]}
        value={actions.action}
        onChange={(value) => set({ action: value === "trigger" || value === "resolve" ? value : null })}
      />
    </div>
  );
}

/** None of them: nothing to choose, and no room taken. */
function WebhookFields({ actions, webhooks, set }: PartProps & { webhooks: readonly Named[] }) {
  if (webhooks.length === 0) return null;
  return (
    <fieldset>
      <legend className="text-table font-medium">Call webhooks</legend>
      <div className="flex flex-wrap gap-x-6">
        {webhooks.map(({ id, name }) => (
          <CheckboxField
            key={id}
            label={name}
            checked={actions.webhooks.includes(id)}
            onChange={({ target }) =>
              set({
                webhooks: target.checked
                  ? [...actions.webhooks, id]
                  : actions.webhooks.filter((other) => other !== id),
              })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

function WordFields({ actions, set }: PartProps) {
  return (
    <>
      <Field label="Note on its incident" optional hint="May name fields, as {{event.source}}">
        {(control) => (
          <Input
            {...control}
            value={actions.note ?? ""}
            onChange={({ target }) => set({ note: target.value === "" ? null : target.value })}
          />
        )}
      </Field>
      <Field label="Tags" optional hint="Separated by commas">
        {(control) => (
          <Input
            {...control}
            defaultValue={actions.tags.join(", ")}
            onChange={({ target }) => set({ tags: tagsOf(target.value) })}
          />
        )}
      </Field>
    </>
  );
}

function tagsOf(text: string): string[] {
  const tags = text.split(",").map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== "");
}
