import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { WEEKDAYS } from "#lib/reports/cadence-words";
import type { Cadence } from "#lib/reports/cadence";

interface CadenceFieldsProps {
  value: Cadence;
  error: unknown;
  onChange: (cadence: Cadence) => void;
}

/** Which days, at what time, by whose clock. */
export function CadenceFields({ value, error, onChange }: CadenceFieldsProps) {
  const set = (change: Partial<Cadence>) => onChange({ ...value, ...change });
  const time = `${String(Math.floor(value.minute / 60)).padStart(2, "0")}:${String(value.minute % 60).padStart(2, "0")}`;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field label="Every">
        {(control) => (
          <Select
            {...control}
            value={value.every}
            onChange={(event) => {
              const every =
                (["day", "week", "month"] as const).find((word) => word === event.target.value) ?? "week";
              set({ every, on: every === "day" ? null : 1 });
            }}
          >
            <option value="day">Day</option>
            <option value="week">Week</option>
            <option value="month">Month</option>
          </Select>
        )}
      </Field>
      {value.every === "day" ? null : <DayField value={value} set={set} />}
      <Field label="At">
        {(control) => (
          <Input
            {...control}
            type="time"
            required
            value={time}
            onChange={(event) => {
              const [hours = 0, minutes = 0] = event.target.value.split(":").map(Number);
              set({ minute: hours * 60 + minutes });
            }}
          />
        )}
      </Field>
      <Field label="Time zone" errors={fieldErrors(error, "cadence.timeZone")}>
        {(control) => (
          <Input
            {...control}
            required
            value={value.timeZone}
            onChange={(event) => set({ timeZone: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function DayField({ value, set }: { value: Cadence; set: (change: Partial<Cadence>) => void }) {
  const days =
    value.every === "week"
      ? WEEKDAYS.map((label, index) => ({ day: index + 1, label }))
      : Array.from({ length: 31 }, (_, index) => ({ day: index + 1, label: String(index + 1) }));
  return (
    <Field label="On" hint={value.every === "month" ? "Shorter months: their last day." : undefined}>
      {(control) => (
        <Select
          {...control}
          value={value.on ?? 1}
          onChange={(event) => set({ on: Number(event.target.value) })}
        >
          {days.map(({ day, label }) => (
            <option key={day} value={day}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
