"use client";

import { useState } from "react";
import { TargetFields } from "#components/service-levels/target-fields";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { createServiceLevel, updateServiceLevel } from "#lib/service-levels/client";
import type { ServiceLevelInput, ServiceLevelPolicyDto } from "#lib/service-levels/schemas";
import { SERVICE_LEVEL_METRICS } from "#lib/service-levels/vocabulary";
import type { ServiceLevelMetric } from "#lib/service-levels/vocabulary";
import { METRIC_WORDS } from "#lib/service-levels/words";

const FRESH: ServiceLevelInput = {
  name: "",
  metric: "acknowledge",
  calendar: "always",
  pausesWhileSnoozed: false,
  goalPercent: 95,
  targets: [{ priority: 1, tier: null, minutes: 5 }],
};

/** A button that opens the form of a service level: a new one, or the one that is given. */
export function LevelDialog({ level }: { level?: ServiceLevelPolicyDto }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={level ? `Change ${level.name}` : "New service level"}
      open={open}
      onOpenChange={setOpen}
      trigger={
        level ? <Button size="small">Change…</Button> : <Button variant="primary">New service level</Button>
      }
    >
      <LevelForm level={level} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

interface LevelFormProps {
  level: ServiceLevelPolicyDto | undefined;
  onDone: () => void;
}

function LevelForm({ level, onDone }: LevelFormProps) {
  const [draft, setDraft] = useState<ServiceLevelInput>(level ? inputOf(level) : FRESH);
  const set = (change: Partial<ServiceLevelInput>) => setDraft({ ...draft, ...change });
  const save = useChange({
    change: () => (level ? updateServiceLevel(level.id, draft) : createServiceLevel(draft)),
    done: `${draft.name} saved`,
    onDone,
  });
  const { error } = save;
  return (
    <ChangeForm change={save} label="Save" pendingLabel="Saving…" refused="Not saved">
      <Field label="Name" errors={fieldErrors(error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={100}
            placeholder="Acknowledged in time"
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <ClockFields draft={draft} error={error} set={set} />
      <TargetFields
        targets={draft.targets}
        errors={fieldErrors(error, "targets")}
        onChange={(targets) => set({ targets })}
      />
      <Field
        label="Goal"
        hint="Per cent of incidents for which it is kept."
        errors={fieldErrors(error, "goalPercent")}
      >
        {(control) => (
          <Input
            {...control}
            required
            type="number"
            min={0}
            max={100}
            step="any"
            value={draft.goalPercent}
            onChange={(event) => set({ goalPercent: Number(event.target.value) })}
          />
        )}
      </Field>
    </ChangeForm>
  );
}

interface ClockFieldsProps {
  draft: ServiceLevelInput;
  error: unknown;
  set: (change: Partial<ServiceLevelInput>) => void;
}

const DEFINITIONS: Record<ServiceLevelMetric, string> = {
  respond: "From detection to the first act of a person.",
  acknowledge: "From the first page to its acknowledgement by a person.",
  mitigate: "From detection to mitigation.",
  resolve: "From trigger to resolution.",
};

function ClockFields({ draft, error, set }: ClockFieldsProps) {
  return (
    <>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label="What" hint={DEFINITIONS[draft.metric]} errors={fieldErrors(error, "metric")}>
          {(control) => (
            <Select
              {...control}
              value={draft.metric}
              onChange={(event) => set({ metric: event.target.value as ServiceLevelMetric })}
            >
              {SERVICE_LEVEL_METRICS.map((metric) => (
                <option key={metric} value={metric}>
                  {METRIC_WORDS[metric].name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Time that counts" hint="A service without support hours counts all of it.">
          {(control) => (
            <Select
              {...control}
              value={draft.calendar}
              onChange={(event) =>
                set({ calendar: event.target.value === "always" ? "always" : "support_hours" })
              }
            >
              <option value="always">All of it</option>
              <option value="support_hours">Support hours of the service</option>
            </Select>
          )}
        </Field>
      </div>
      <CheckboxField
        label="Pauses while snoozed"
        checked={draft.pausesWhileSnoozed}
        onChange={(event) => set({ pausesWhileSnoozed: event.target.checked })}
      />
    </>
  );
}

function inputOf(level: ServiceLevelPolicyDto): ServiceLevelInput {
  const { name, metric, calendar, pausesWhileSnoozed, goalPercent, targets } = level;
  return { name, metric, calendar, pausesWhileSnoozed, goalPercent, targets: [...targets] };
}
