"use client";

import { useEditor } from "#components/schedules/layer-context";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio-group";
import { Select } from "#components/ui/select";
import { handOffOf, withHandOff, withUnit } from "#lib/on-call/editor-draft";
import type { LayerRotation, RotationUnit } from "#lib/on-call/schedule";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const UNITS: [RotationUnit, string][] = [
  ["hour", "hours"],
  ["day", "days"],
  ["week", "weeks"],
  ["month", "months"],
];

interface RotationFieldsProps {
  rotation: LayerRotation;
  hasRestrictions: boolean;
  path: string;
  onChange: (rotation: LayerRotation) => void;
}

/** How long a turn is and when it is handed on, on the clocks of the schedule's zone. */
export function RotationFields({ rotation, hasRestrictions, path, onChange }: RotationFieldsProps) {
  const { errorsFor } = useEditor();
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Turns last" errors={errorsFor(`${path}.rotation.length`)}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              step={1}
              value={rotation.length}
              onChange={(event) => onChange({ ...rotation, length: event.target.valueAsNumber || 0 })}
            />
          )}
        </Field>
        <Field label="Unit" errors={errorsFor(`${path}.rotation.unit`)}>
          {(control) => (
            <Select
              {...control}
              value={rotation.unit}
              onChange={(event) => {
                const unit = [...UNITS.map(([name]) => name), "second" as const].find(
                  (name) => name === event.target.value,
                );
                if (unit) onChange(withUnit(rotation, unit));
              }}
            >
              {UNITS.map(([unit, label]) => (
                <option key={unit} value={unit}>
                  {label}
                </option>
              ))}
              {rotation.unit === "second" ? <option value="second">seconds</option> : null}
            </Select>
          )}
        </Field>
      </div>
      <HandOffFields rotation={rotation} path={path} onChange={onChange} />
      {hasRestrictions ? (
        <RadioGroup
          legend="While nobody is on call by the hours below"
          name={`${path}.advance`}
          value={rotation.advance}
          onValueChange={(advance) => onChange({ ...rotation, advance })}
          options={[
            {
              value: "clock",
              label: "turns pass",
              hint: "The clock decides, whether the time is covered or not.",
            },
            {
              value: "worked",
              label: "turns wait",
              hint: "Only covered time counts: nobody’s turn falls on a free weekend.",
            },
          ]}
        />
      ) : null}
    </div>
  );
}

function HandOffFields({ rotation, path, onChange }: Omit<RotationFieldsProps, "hasRestrictions">) {
  const { timeZone, errorsFor } = useEditor();
  const { weekday, monthDay, time } = handOffOf(rotation);
  return (
    <div className="grid grid-cols-2 gap-3">
      {rotation.unit === "week" ? (
        <Field label="Hand-off on">
          {(control) => (
            <Select
              {...control}
              value={weekday}
              onChange={(event) => onChange(withHandOff(rotation, { weekday: Number(event.target.value) }))}
            >
              {WEEKDAYS.map((name, index) => (
                <option key={name} value={index + 1}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      {rotation.unit === "month" ? (
        <Field label="Hand-off on day" hint="Or the month’s last">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={31}
              value={monthDay}
              onChange={(event) => {
                const day = Math.min(31, Math.max(1, event.target.valueAsNumber || 1));
                onChange(withHandOff(rotation, { monthDay: day }));
              }}
            />
          )}
        </Field>
      ) : null}
      <Field
        label={rotation.unit === "hour" ? "Counted from" : "at"}
        hint={rotation.timeZone ?? timeZone}
        errors={errorsFor(`${path}.rotation.virtualStart`)}
      >
        {(control) => (
          <Input
            {...control}
            type="time"
            required
            value={time}
            onChange={(event) => onChange(withHandOff(rotation, { time: event.target.value }))}
          />
        )}
      </Field>
    </div>
  );
}
