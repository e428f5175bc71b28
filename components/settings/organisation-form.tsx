"use client";

import { useState } from "react";
import { SaveBar } from "#components/settings/save-bar";
import { useChange } from "#components/settings/use-change";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { updateSettings } from "#lib/organisation/client";
import type { OrganisationSettings } from "#lib/organisation/client";

interface OrganisationFormProps {
  settings: OrganisationSettings;
  people: readonly { id: string; name: string }[];
}

export function OrganisationForm({ settings, people }: OrganisationFormProps) {
  const [changes, setChanges] = useState<Partial<OrganisationSettings>>({});
  const draft = { ...settings, ...changes };
  const dirty = JSON.stringify(draft) !== JSON.stringify(settings);
  const save = useChange({
    change: () => updateSettings(changes),
    done: "Settings saved",
    onDone: () => setChanges({}),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Card title="Organisation">
        <div className="flex max-w-140 flex-col gap-4">
          <Field label="Name" errors={fieldErrors(save.error, "organisation_name")}>
            {(control) => (
              <Input
                {...control}
                required
                maxLength={100}
                value={draft.organisation_name}
                onChange={(event) => setChanges({ ...changes, organisation_name: event.target.value })}
              />
            )}
          </Field>
          <Field
            label="Gets incidents for which nobody else can be found"
            hint="When a policy has run out of people, this person is paged rather than nobody."
            errors={fieldErrors(save.error, "catch_all_user_id")}
          >
            {(control) => (
              <Select
                {...control}
                value={draft.catch_all_user_id ?? ""}
                onChange={(event) =>
                  setChanges({ ...changes, catch_all_user_id: event.target.value || null })
                }
              >
                <option value="">Every owner</option>
                {people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      </Card>
      <Costs draft={draft} error={save.error} onChange={(change) => setChanges({ ...changes, ...change })} />
      <SaveBar dirty={dirty} pending={save.isPending} error={save.error} onDiscard={() => setChanges({})} />
    </form>
  );
}

interface CostsProps {
  draft: OrganisationSettings;
  error: Error | null;
  onChange: (change: Partial<OrganisationSettings>) => void;
}

/** The rates behind every cost that is shown. */
function Costs({ draft, error, onChange }: CostsProps) {
  return (
    <Card title="Cost estimates" subtitle="The cost of problems is estimated from these rates.">
      <div className="grid max-w-140 gap-4 sm:grid-cols-3">
        <Field label="An hour of a responder" errors={fieldErrors(error, "cost_per_hour")}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              value={draft.cost_per_hour}
              onChange={(event) => onChange({ cost_per_hour: event.target.valueAsNumber || 0 })}
            />
          )}
        </Field>
        <Field label="A minute of impact" errors={fieldErrors(error, "cost_per_impact_minute")}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              value={draft.cost_per_impact_minute}
              onChange={(event) => onChange({ cost_per_impact_minute: event.target.valueAsNumber || 0 })}
            />
          )}
        </Field>
        <Field label="Currency" errors={fieldErrors(error, "currency")}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={3}
              value={draft.currency}
              onChange={(event) => onChange({ currency: event.target.value.toUpperCase() })}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}
