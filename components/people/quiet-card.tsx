"use client";

import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio-group";
import { Switch } from "#components/ui/switch";
import { fieldErrors } from "#lib/browser/api";
import { setNotificationPreferences } from "#lib/notifications/client";
import type { Settings } from "#lib/notifications/client";
import type { LowUrgencyHours } from "#lib/notifications/low-urgency-hours";

interface QuietCardProps {
  userId: string;
  settings: Settings;
}

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const PRESETS: Record<"quiet" | "working", LowUrgencyHours> = {
  quiet: { mode: "quiet", startTime: "22:00", endTime: "07:00", daysOfWeek: [1, 2, 3, 4, 5, 6, 7] },
  working: { mode: "working", startTime: "09:00", endTime: "17:00", daysOfWeek: [1, 2, 3, 4, 5] },
};

/** When what can wait is sent. High urgency is never held back by it. */
export function QuietCard({ userId, settings }: QuietCardProps) {
  const [hours, setHours] = useState(settings.lowUrgencyHours);
  const save = useChange({
    change: () => setNotificationPreferences(userId, { lowUrgencyHours: hours }),
    done: "Hours saved",
  });
  const test = useChange({
    change: (selfTest: boolean) => setNotificationPreferences(userId, { selfTest }),
    done: "Saved",
    failed: "Not saved",
  });
  return (
    <Card
      title="What can wait"
      subtitle={`Low urgency, changes by others and status updates, in ${settings.timeZone}`}
    >
      <div className="flex flex-col gap-4">
        <RadioGroup
          legend="Send it"
          name="low-urgency-hours"
          value={hours?.mode ?? "always"}
          onValueChange={(mode) => setHours(mode === "quiet" || mode === "working" ? PRESETS[mode] : null)}
          options={[
            { value: "always", label: "At any time" },
            { value: "quiet", label: "Not in quiet hours", hint: "It comes when they end." },
            { value: "working", label: "Only in my working hours", hint: "It comes when they begin." },
          ]}
        />
        {hours === null ? null : <Hours hours={hours} error={save.error} onChange={setHours} />}
        {save.error ? <Callout tone="danger" title={`Not saved: ${save.error.message}`} /> : null}
        <div>
          <Button pending={save.isPending} pendingLabel="Saving…" onClick={() => save.mutate()}>
            Save hours
          </Button>
        </div>
        <p className="text-table text-text-2">
          High urgency always comes at once. Shifts, requests and tests keep their own time.
        </p>
        <div className="border-t pt-4">
          <Switch
            label="Test me once a week"
            hint="Tuesdays at 10:00 your time, over what high urgency uses. Confirm with one tap; what you don't confirm counts as untested."
            checked={settings.selfTest}
            disabled={test.isPending}
            onChange={({ target: { checked: isOn } }) => test.mutate(isOn)}
          />
        </div>
      </div>
    </Card>
  );
}

interface HoursProps {
  hours: LowUrgencyHours;
  error: unknown;
  onChange: (hours: LowUrgencyHours) => void;
}

function Hours({ hours, error, onChange }: HoursProps) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        <Field label="From" errors={fieldErrors(error, "lowUrgencyHours.startTime")}>
          {(control) => (
            <Input
              {...control}
              type="time"
              required
              value={hours.startTime}
              onChange={(event) => onChange({ ...hours, startTime: event.target.value })}
            />
          )}
        </Field>
        <Field label="To" errors={fieldErrors(error, "lowUrgencyHours.endTime")}>
          {(control) => (
            <Input
              {...control}
              type="time"
              required
              value={hours.endTime}
              onChange={(event) => onChange({ ...hours, endTime: event.target.value })}
            />
          )}
        </Field>
      </div>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
        <legend className="mb-1 text-table text-text-2">Beginning on</legend>
        {DAYS.map((name, index) => {
          const day = index + 1;
          return (
            <CheckboxField
              key={name}
              label={name}
              checked={hours.daysOfWeek.includes(day)}
              onChange={({ target: { checked: isOn } }) =>
                onChange({
                  ...hours,
                  daysOfWeek: [
                    ...hours.daysOfWeek.filter((other) => other !== day),
                    ...(isOn ? [day] : []),
                  ].toSorted((a, b) => a - b),
                })
              }
            />
          );
        })}
      </fieldset>
    </div>
  );
}
