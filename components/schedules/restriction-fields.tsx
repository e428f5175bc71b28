"use client";

import { Plus, X } from "lucide-react";
import { WEEKDAYS } from "#components/schedules/rotation-fields";
import { useEditor } from "#components/schedules/layer-context";
import { Button } from "#components/ui/button";
import { FieldErrors } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { restrictionEnd, withRestrictionEnd, workWeek } from "#lib/on-call/editor-restriction";
import type { LayerRestriction } from "#lib/on-call/schedule";

interface RestrictionFieldsProps {
  /** What the hours mean: "On call". */
  legend: string;
  /** What no hours mean: "Around the clock". */
  without: string;
  hint?: string | undefined;
  restrictions: readonly LayerRestriction[];
  /** Where they stand in the document: "layers.0.restrictions". */
  path: string;
  onChange: (restrictions: LayerRestriction[]) => void;
}

const NEW_DAILY: LayerRestriction = { type: "daily", startTime: "09:00", durationSeconds: 8 * 3600 };
const NEW_WEEKLY: LayerRestriction = { ...NEW_DAILY, type: "weekly", startDay: 1 };

/** Hours of the day or hours of the week, or none. */
export function RestrictionFields(props: RestrictionFieldsProps) {
  const { legend, without, hint, restrictions, path, onChange } = props;
  const { errorsFor } = useEditor();
  const kind = restrictions[0]?.type ?? "always";
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-table font-medium">{legend}</legend>
      <Select
        aria-label={legend}
        value={kind}
        onChange={(event) => {
          const next = { always: [], daily: [NEW_DAILY], weekly: workWeek() }[event.target.value];
          if (next) onChange(next);
        }}
      >
        <option value="always">{without}</option>
        <option value="daily">At certain hours every day</option>
        <option value="weekly">At certain hours of the week</option>
      </Select>
      {hint === undefined ? null : <p className="text-meta text-text-3">{hint}</p>}
      <FieldErrors errors={errorsFor(path)} />
      {restrictions.map((restriction, index) => (
        <RestrictionRow
          // oxlint-disable-next-line react/no-array-index-key -- they have no identity but their place
          key={index}
          restriction={restriction}
          errors={[
            ...errorsFor(`${path}.${index}.startTime`),
            ...errorsFor(`${path}.${index}.durationSeconds`),
          ]}
          onChange={(changed) => onChange(restrictions.map((other, at) => (at === index ? changed : other)))}
          onRemove={() => onChange(restrictions.filter((_, at) => at !== index))}
        />
      ))}
      {kind === "always" ? null : (
        <Button
          size="small"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => onChange([...restrictions, kind === "daily" ? NEW_DAILY : NEW_WEEKLY])}
        >
          Add hours
        </Button>
      )}
    </fieldset>
  );
}

interface RestrictionRowProps {
  restriction: LayerRestriction;
  errors: readonly string[];
  onChange: (restriction: LayerRestriction) => void;
  onRemove: () => void;
}

function RestrictionRow({ restriction, errors, onChange, onRemove }: RestrictionRowProps) {
  const end = restrictionEnd(restriction);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-start gap-1.5">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
          <span className="flex min-w-36 flex-1 gap-1.5">
            {restriction.type === "weekly" ? (
              <WeekdaySelect
                label="From weekday"
                value={restriction.startDay}
                onChange={(startDay) => onChange(withRestrictionEnd({ ...restriction, startDay }, end))}
              />
            ) : null}
            <Input
              type="time"
              aria-label="From"
              required
              className="min-w-0 flex-1"
              value={restriction.startTime.slice(0, 5)}
              onChange={(event) =>
                onChange(withRestrictionEnd({ ...restriction, startTime: event.target.value }, end))
              }
            />
          </span>
          <span className="text-meta text-text-3">to</span>
          <span className="flex min-w-36 flex-1 gap-1.5">
            {restriction.type === "weekly" ? (
              <WeekdaySelect
                label="To weekday"
                value={end.day ?? 1}
                onChange={(day) => onChange(withRestrictionEnd(restriction, { ...end, day }))}
              />
            ) : null}
            <Input
              type="time"
              aria-label="To"
              required
              className="min-w-0 flex-1"
              value={end.time}
              onChange={(event) =>
                onChange(withRestrictionEnd(restriction, { ...end, time: event.target.value }))
              }
            />
          </span>
        </div>
        <IconButton size="small" name="Remove these hours" icon={<X aria-hidden />} onClick={onRemove} />
      </div>
      <FieldErrors errors={errors} />
    </div>
  );
}

interface WeekdaySelectProps {
  label: string;
  value: number;
  onChange: (day: number) => void;
}

function WeekdaySelect({ label, value, onChange }: WeekdaySelectProps) {
  return (
    <Select
      aria-label={label}
      value={value}
      className="w-16 shrink-0 [&_select]:pr-5 [&_select]:pl-2 [&>svg]:right-1"
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {WEEKDAYS.map((name, index) => (
        <option key={name} value={index + 1}>
          {name.slice(0, 3)}
        </option>
      ))}
    </Select>
  );
}
