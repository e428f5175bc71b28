"use client";

import { useState } from "react";
import { SaveBar } from "#components/settings/save-bar";
import { useChange } from "#components/settings/use-change";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { NoisePreview } from "#components/noise/noise-preview";
import { saveQuiet } from "#lib/noise/client";
import type { NoiseSettings } from "#lib/noise/client";
import { PAUSES, RECOMMENDED } from "#lib/noise/transient";

type Draft = Pick<NoiseSettings, "autoPauseSeconds" | "dampFlapping" | "stormMode">;

interface QuietFormProps {
  serviceId: string;
  noise: NoiseSettings;
  canConfigure: boolean;
}

/** What a service does about alerts that end by themselves, flap, or come in storms. */
export function QuietForm({ serviceId, noise, canConfigure }: QuietFormProps) {
  const { autoPauseSeconds, dampFlapping, stormMode } = noise;
  const saved: Draft = { autoPauseSeconds, dampFlapping, stormMode };
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const draft = { ...saved, ...changes };
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const set = (change: Partial<Draft>) => setChanges((before) => ({ ...before, ...change }));
  const save = useChange({
    change: () => saveQuiet({ serviceId, ...draft }),
    done: "Settings saved",
    onDone: () => setChanges({}),
  });
  const { raisesUrgency: _, ...setting } = noise.grouping;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Card
        title="Transient alerts, flapping and storms"
        subtitle="What is held is shown below, and can be opened by hand"
      >
        <fieldset disabled={!canConfigure} className="flex max-w-180 flex-col gap-4">
          <legend className="sr-only">Transient alerts, flapping and storms</legend>
          <PauseField
            value={draft.autoPauseSeconds}
            onChange={(seconds) => set({ autoPauseSeconds: seconds })}
          />
          {draft.autoPauseSeconds === null ? null : (
            <NoisePreview
              input={{
                serviceIds: [serviceId],
                setting: { ...setting, fields: [...setting.fields] },
                autoPauseSeconds: draft.autoPauseSeconds,
              }}
            />
          )}
          <CheckboxField
            label="Damp flapping"
            hint="An alert that opened and ended four times within half an hour is held until it stays open for 10 minutes; it has an incident every half hour at least."
            checked={draft.dampFlapping}
            onChange={(event) => set({ dampFlapping: event.target.checked })}
          />
          <CheckboxField
            label="Storm mode"
            hint="Far more alerts than usual at this hour of the week: everything new goes onto one incident, with one page, until it calms down."
            checked={draft.stormMode}
            onChange={(event) => set({ stormMode: event.target.checked })}
          />
        </fieldset>
      </Card>
      <SaveBar
        dirty={dirty && canConfigure}
        pending={save.isPending}
        error={save.error}
        onDiscard={() => setChanges({})}
      />
    </form>
  );
}

function PauseField({
  value,
  onChange,
}: {
  value: number | null;
  onChange: (seconds: number | null) => void;
}) {
  return (
    <Field
      label="Hold alerts whose kind usually ends by itself"
      hint="At least five of the kind in 30 days, and four in five of them over in time. Never critical ones, P1 or P2, nor services of tier 1."
      className="max-w-90"
    >
      {(control) => (
        <Select
          {...control}
          value={value ?? "off"}
          onChange={(event) => onChange(event.target.value === "off" ? null : Number(event.target.value))}
        >
          <option value="off">Never</option>
          <option value={RECOMMENDED}>As long as its kind takes (recommended)</option>
          {PAUSES.map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds / 60} minutes
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
