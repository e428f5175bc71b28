"use client";

import { useState } from "react";
import { GroupingFields } from "#components/noise/grouping-fields";
import type { GroupingDraft } from "#components/noise/grouping-fields";
import { NoisePreview } from "#components/noise/noise-preview";
import { useSettled } from "#components/schedules/use-settled";
import { SaveBar } from "#components/settings/save-bar";
import { useChange } from "#components/settings/use-change";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { saveGrouping } from "#lib/noise/client";
import type { NoiseSettings } from "#lib/noise/client";

interface GroupingFormProps {
  serviceId: string;
  noise: NoiseSettings;
  /** Begins with grouping by similar texts, not saved yet, where nothing is grouped. */
  suggests: boolean;
  canConfigure: boolean;
}

/** How a service gathers its alerts, tried on its own last alerts before it is saved. */
export function GroupingForm({ serviceId, noise, suggests, canConfigure }: GroupingFormProps) {
  const [changes, setChanges] = useState<Partial<GroupingDraft>>(
    suggests && noise.grouping.mode === "off" ? { mode: "similarity" } : {},
  );
  const [attempt, setAttempt] = useState(0);
  const draft: GroupingDraft = { ...noise.grouping, ...changes };
  const dirty = JSON.stringify(draft) !== JSON.stringify(noise.grouping);
  const { raisesUrgency: _, ...setting } = draft;
  const input = useSettled({
    serviceIds: [serviceId],
    setting: { ...setting, fields: [...setting.fields] },
    autoPauseSeconds: noise.autoPauseSeconds,
  });
  const save = useChange({
    change: () =>
      saveGrouping({
        serviceId,
        ...draft,
        fields: [...draft.fields],
        expectedVersion: noise.version,
      }),
    done: "Grouping saved",
    onDone: () => setChanges({}),
  });
  const editable = canConfigure && noise.set === null;
  return (
    <form
      key={attempt}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Card
        title="Grouping"
        subtitle="Alerts of one cause come onto one incident; whatever joins pages nobody again"
      >
        <div className="flex flex-col gap-4">
          {noise.set === null ? null : (
            <Callout tone="info" title={`The set “${noise.set.name}” decides for this service.`} />
          )}
          {suggests ? (
            <Callout
              tone="info"
              title={
                noise.grouping.mode === "off"
                  ? "Grouping by similar texts is suggested: see below what it would do, then save or discard it."
                  : "Alerts are grouped here already: see below what other settings would do."
              }
            />
          ) : null}
          <GroupingFields
            value={draft}
            error={save.error}
            disabled={!editable}
            onChange={(change) => setChanges((before) => ({ ...before, ...change }))}
          />
          <NoisePreview input={input} />
        </div>
      </Card>
      <SaveBar
        dirty={dirty && editable}
        pending={save.isPending}
        error={save.error}
        onDiscard={() => {
          setChanges({});
          setAttempt(attempt + 1);
        }}
      />
    </form>
  );
}
