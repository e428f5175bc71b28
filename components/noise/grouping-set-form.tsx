"use client";

import { useState } from "react";
import { GroupingFields } from "#components/noise/grouping-fields";
import type { GroupingDraft } from "#components/noise/grouping-fields";
import { NoisePreview } from "#components/noise/noise-preview";
import { ServiceChoice } from "#components/noise/service-choice";
import { useSettled } from "#components/schedules/use-settled";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
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
          services={services.map(({ id, name: label, setId }) => ({
            id,
            name: label,
            ...(setId === null || setId === set?.id ? {} : { taken: "Belongs to another set" }),
          }))}
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
