"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ServiceChoice } from "#components/noise/service-choice";
import { TimeZoneInput } from "#components/people/time-zone-input";
import { useSettled } from "#components/schedules/use-settled";
import { useChange } from "#components/settings/use-change";
import { useNow } from "#components/time/clock";
import { useViewer } from "#components/time/viewer";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { TextLink } from "#components/ui/link";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { maintenancePreviewOptions, planMaintenance } from "#lib/noise/client";
import { REPEATS } from "#lib/noise/maintenance";
import type { Repeats } from "#lib/noise/maintenance";
import type { MaintenanceInput } from "#lib/noise/schemas";
import { parseTimeZone } from "#lib/time/zone";
import { formatWallClock, instantAt, parseWallClock, wallClockAt } from "#lib/time/wall-clock";

type Draft = {
  summary: string;
  serviceIds: readonly string[];
  from: string;
  until: string;
  timeZone: string;
  repeats: Repeats;
  field: string;
  value: string;
};

interface MaintenanceFormProps {
  services: readonly { id: string; name: string }[];
  onClose: () => void;
}

const HOUR = 3_600_000;
const WORDS: Record<Repeats, string> = { never: "Once", daily: "Every day", weekly: "Every week" };

/** A new window, an hour from now on unless told otherwise; it says what it would have held a week ago. */
export function MaintenanceForm({ services, onClose }: MaintenanceFormProps) {
  const { timeZone } = useViewer();
  const now = useNow("minute");
  const local = (at: number) => formatWallClock(wallClockAt(timeZone, at)).slice(0, 16);
  const [draft, setDraft] = useState<Draft>({
    summary: "",
    serviceIds: [],
    from: local(now),
    until: local(now + HOUR),
    timeZone,
    repeats: "never",
    field: "",
    value: "",
  });
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const input = inputOf(draft);
  const save = useChange({
    change: async () => {
      if (input !== null) await planMaintenance(input);
    },
    done: "Maintenance planned",
    onDone: onClose,
  });
  return (
    <Card title="New window">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field label="What is done?" errors={fieldErrors(save.error, "summary")} className="max-w-140">
          {(control) => (
            <Input
              {...control}
              required
              maxLength={200}
              value={draft.summary}
              onChange={(event) => set({ summary: event.target.value })}
            />
          )}
        </Field>
        <ServiceChoice
          services={services}
          chosen={draft.serviceIds}
          errors={fieldErrors(save.error, "serviceIds")}
          onChange={(serviceIds) => set({ serviceIds })}
        />
        <TimeFields draft={draft} error={save.error} onChange={set} />
        <LabelFields draft={draft} error={save.error} onChange={set} />
        <WouldHaveHeld input={input} />
        {save.error ? <Callout tone="danger" title={`Not planned: ${save.error.message}`} /> : null}
        <div className="flex gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            disabled={input === null}
            pending={save.isPending}
            pendingLabel="Planning…"
          >
            Plan it
          </Button>
        </div>
      </form>
    </Card>
  );
}

interface PartProps {
  draft: Draft;
  error: unknown;
  onChange: (change: Partial<Draft>) => void;
}

function TimeFields({ draft, error, onChange }: PartProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <Field label="From" hint="A time in the past means now" errors={fieldErrors(error, "startsAt")}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            required
            value={draft.from}
            onChange={(event) => onChange({ from: event.target.value })}
          />
        )}
      </Field>
      <Field label="Until" errors={fieldErrors(error, "endsAt")}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            required
            value={draft.until}
            onChange={(event) => onChange({ until: event.target.value })}
          />
        )}
      </Field>
      <Field label="By the clocks of" errors={fieldErrors(error, "timeZone")}>
        {(control) => (
          <TimeZoneInput
            control={control}
            value={draft.timeZone}
            onChange={(timeZone) => onChange({ timeZone })}
          />
        )}
      </Field>
      <Field label="How often">
        {(control) => (
          <Select
            {...control}
            value={draft.repeats}
            onChange={(event) =>
              onChange({ repeats: REPEATS.find((each) => each === event.target.value) ?? "never" })
            }
          >
            {REPEATS.map((each) => (
              <option key={each} value={each}>
                {WORDS[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

function LabelFields({ draft, error, onChange }: PartProps) {
  return (
    <div className="grid max-w-140 grid-cols-1 gap-4 sm:grid-cols-2">
      <Field
        label="Only where the field"
        optional
        hint="component, source, custom_details.region …"
        errors={fieldErrors(error, "label.field")}
      >
        {(control) => (
          <Input
            {...control}
            value={draft.field}
            onChange={(event) => onChange({ field: event.target.value })}
          />
        )}
      </Field>
      <Field label="is" errors={fieldErrors(error, "label.value")}>
        {(control) => (
          <Input
            {...control}
            disabled={draft.field === ""}
            required={draft.field !== ""}
            value={draft.value}
            onChange={(event) => onChange({ value: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function WouldHaveHeld({ input }: { input: MaintenanceInput | null }) {
  const settled = useSettled(input);
  const preview = useQuery({
    ...maintenancePreviewOptions(settled ?? NOTHING),
    enabled: settled !== null && settled.summary !== "",
  });
  if (!preview.data) return null;
  const { alerts, actedOn, incidents } = preview.data;
  return (
    <Callout
      tone={actedOn > 0 ? "warning" : "info"}
      title={`In the same hours a week ago it would have held back ${alerts} ${alerts === 1 ? "alert" : "alerts"}, ${actedOn} of which somebody acted on.`}
    >
      {incidents.map(({ id, number, title }) => (
        <TextLink key={id} href={`/incidents/${number}`} className="block">
          #{number} {title}
        </TextLink>
      ))}
    </Callout>
  );
}

const NOTHING: MaintenanceInput = {
  summary: "",
  serviceIds: [],
  startsAt: "",
  endsAt: "",
  repeats: "never",
  timeZone: "Etc/UTC",
  lastsUntil: null,
  label: null,
};

/** Null while times or services are missing. */
function inputOf({ from, until, timeZone, field, value, ...draft }: Draft): MaintenanceInput | null {
  const [start, end] = [parseWallClock(from), parseWallClock(until)];
  if (start === null || end === null || draft.serviceIds.length === 0 || !isZone(timeZone)) return null;
  const instant = (wall: number) => new Date(instantAt(timeZone, wall)).toISOString();
  return {
    ...draft,
    serviceIds: [...draft.serviceIds],
    startsAt: instant(start),
    endsAt: instant(end),
    timeZone,
    lastsUntil: null,
    label: field === "" ? null : { field, value },
  };
}

function isZone(timeZone: string): boolean {
  return parseTimeZone(timeZone).kind === "zone";
}
