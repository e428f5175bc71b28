"use client";

import { TimeZoneInput } from "#components/people/time-zone-input";
import { cn } from "#components/ui/class-name";
import { Field, FieldErrors } from "#components/ui/field";
import { Input } from "#components/ui/input";
import type { SupportHours } from "#lib/services/service";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

interface SupportHoursFieldsProps {
  value: SupportHours;
  /** Messages by field: "startTime", "daysOfWeek" … */
  errorsFor: (field: keyof SupportHours) => string[];
  onChange: (value: SupportHours) => void;
}

/** Wall-clock hours in a zone. An end at or before the start is on the next day. */
export function SupportHoursFields({ value, errorsFor, onChange }: SupportHoursFieldsProps) {
  const set = (change: Partial<SupportHours>) => onChange({ ...value, ...change });
  return (
    <>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-[1fr_1fr_2fr]">
        <Field label="From" errors={errorsFor("startTime")}>
          {(control) => (
            <Input
              {...control}
              type="time"
              required
              value={value.startTime.slice(0, 5)}
              onChange={(event) => set({ startTime: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={value.endTime <= value.startTime ? "To (next day)" : "To"}
          errors={errorsFor("endTime")}
        >
          {(control) => (
            <Input
              {...control}
              type="time"
              required
              value={value.endTime.slice(0, 5)}
              onChange={(event) => set({ endTime: event.target.value })}
            />
          )}
        </Field>
        <Field label="Time zone" className="max-sm:col-span-2" errors={errorsFor("timeZone")}>
          {(control) => (
            <TimeZoneInput
              control={control}
              value={value.timeZone}
              onChange={(timeZone) => set({ timeZone })}
            />
          )}
        </Field>
      </div>
      <fieldset>
        <legend className="mb-1.5 text-table font-medium">Days</legend>
        <div className="flex flex-wrap gap-1.5">
          {DAYS.map((name, index) => {
            const day = index + 1;
            const checked = value.daysOfWeek.includes(day);
            return (
              <label
                key={name}
                className={cn(
                  "flex h-control cursor-pointer items-center gap-1.5 rounded-control border px-2.5 text-table has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
                  checked ? "border-ink bg-selected font-medium" : "text-text-2",
                )}
              >
                <input
                  type="checkbox"
                  className="sr-only"
                  checked={checked}
                  onChange={() =>
                    set({
                      daysOfWeek: checked
                        ? value.daysOfWeek.filter((other) => other !== day)
                        : [...value.daysOfWeek, day].toSorted((a, b) => a - b),
                    })
                  }
                />
                {name}
              </label>
            );
          })}
        </div>
        <FieldErrors errors={errorsFor("daysOfWeek")} />
      </fieldset>
    </>
  );
}
