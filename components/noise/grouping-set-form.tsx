"use client";

import { useState } from "react";
import { GroupingFields } from "#components/noise/grouping-fields";
import type { GroupingDraft } from "#components/noise/grouping-fields";
import { NoisePreview } from "#components/noise/noise-preview";
import { useSettled } from "#components/schedules/use-settled";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { Field, FieldErrors } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { saveSet } from "#lib/noise/client";
import type { GroupingServiceDto, GroupingSetDto } from "#lib/noise/client";
import { USUAL_GROUPING } from "#lib/noise/usual-grouping";

interface GroupingSetFormProps {
  /** Null: a new one. */
  set: GroupingSetDto | null;
  services: readonly GroupingServiceDto[];
  onClose: () => void;
}

export function GroupingSetForm({ set, services, onClose }: GroupingSetFormProps) {
  const [name, setName] = useState(set?.name ?? "");
  const [chosen, setChosen] = useState<readonly string[]>(set?.services.map(({ id }) => id) ?? []);
  const [draft, setDraft] = useState<GroupingDraft>(set ?? { ...USUAL_GROUPING, mode: "similarity" });
  const { mode, windowSeconds, fields, aggregate, threshold, raisesUrgency } = draft;
  const setting = { mode, windowSeconds, fields: [...fields], aggregate, threshold };
  const input = useSettled({ serviceIds: [...chosen], setting, autoPauseSeconds: null });
  const save = useChange({
    change: () =>
      saveSet({
        groupingId: set?.id ?? null,
        name,
        serviceIds: [...chosen],
        ...setting,
        raisesUrgency,
        expectedVersion: set?.version ?? null,
      }),
    done: "Set saved",
    onDone: onClose,
  });
  return (
    <Card title={set === null ? "New set" : `Edit “${set.name}”`}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field label="Name" errors={fieldErrors(save.error, "name")} className="max-w-90">
          {(control) => (
            <Input {...control} required value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <ServiceChoice
          services={services}
          setId={set?.id ?? null}
          chosen={chosen}
          errors={fieldErrors(save.error, "serviceIds")}
          onChange={setChosen}
        />
        <GroupingFields
          value={draft}
          error={save.error}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
        {input.serviceIds.length > 1 ? <NoisePreview input={input} /> : null}
        {save.error ? <Callout tone="danger" title={`Not saved: ${save.error.message}`} /> : null}
        <div className="flex gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={save.isPending} pendingLabel="Saving…">
            Save the set
          </Button>
        </div>
      </form>
    </Card>
  );
}

interface ServiceChoiceProps {
  services: readonly GroupingServiceDto[];
  setId: string | null;
  chosen: readonly string[];
  errors: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

function ServiceChoice({ services, setId, chosen, errors, onChange }: ServiceChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-table font-medium">Services</legend>
      <FieldErrors errors={errors} />
      <div className="grid max-h-72 grid-cols-1 gap-x-4 overflow-y-auto rounded-control border p-2 sm:grid-cols-2 lg:grid-cols-3">
        {services.map((service) => {
          const taken = service.setId !== null && service.setId !== setId;
          return (
            <CheckboxField
              key={service.id}
              label={service.name}
              {...(taken ? { hint: "Belongs to another set" } : {})}
              disabled={taken}
              checked={chosen.includes(service.id)}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...chosen, service.id] : chosen.filter((id) => id !== service.id),
                )
              }
            />
          );
        })}
      </div>
    </fieldset>
  );
}
