"use client";

import type { LocalTimes } from "#components/schedules/use-local-span";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { zoneCity } from "#lib/time/format";

interface LocalTimeFieldsProps {
  times: LocalTimes;
  timeZone: string;
  errors: readonly string[];
  onChange: (change: Partial<LocalTimes>) => void;
}

/** From when until when, on the clocks of the schedule's zone; the end as a clock time or after so many hours. */
export function LocalTimeFields({ times, timeZone, errors, onChange }: LocalTimeFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="From" hint={`Clock time in ${zoneCity(timeZone)}`}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            required
            value={times.fromLocal.slice(0, 16)}
            onChange={(event) => onChange({ fromLocal: event.target.value })}
          />
        )}
      </Field>
      <div className="flex flex-col gap-1.5">
        <Field label="Ends" className={times.end === "until" ? "" : "contents"}>
          {(control) => (
            <Select
              {...control}
              value={times.end}
              onChange={(event) => onChange({ end: event.target.value === "hours" ? "hours" : "until" })}
            >
              <option value="until">At a clock time</option>
              <option value="hours">After so many hours</option>
            </Select>
          )}
        </Field>
        <Field label={times.end === "until" ? "Until" : "Elapsed hours"} hideLabel errors={errors}>
          {(control) =>
            times.end === "until" ? (
              <Input
                {...control}
                type="datetime-local"
                required
                value={times.untilLocal.slice(0, 16)}
                onChange={(event) => onChange({ untilLocal: event.target.value })}
              />
            ) : (
              <Input
                {...control}
                type="number"
                required
                min={0.25}
                max={8784}
                step={0.25}
                value={times.hours}
                onChange={(event) => onChange({ hours: event.target.valueAsNumber || 0 })}
              />
            )
          }
        </Field>
      </div>
    </div>
  );
}
