"use client";

import { ArrowDown, ArrowUp, Trash2, X } from "lucide-react";
import { LevelWays } from "#components/escalation/level-ways";
import { Field, FieldErrors } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import type { DraftLevel, DraftTarget } from "#lib/escalation/editor-draft";

export type TargetChoices = {
  people: readonly { id: string; name: string }[];
  schedules: readonly { id: string; name: string }[];
};

interface LevelEditorProps {
  level: DraftLevel;
  position: number;
  total: number;
  choices: TargetChoices;
  /** Messages by the path below this level: "targets", "delayMinutes". */
  errorsFor: (path: string) => string[];
  onChange: (level: DraftLevel) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

/** One level: who is told, and how long to wait for an answer before the next. Alt and an arrow key move it. */
export function LevelEditor(props: LevelEditorProps) {
  const { level, position, total, choices, errorsFor, onChange, onMove, onRemove } = props;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a shortcut for the buttons inside
    <fieldset
      className="rounded-card border bg-surface p-3"
      onKeyDown={(event) => {
        const step = event.altKey ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key] : undefined;
        if (step === undefined) return;
        event.preventDefault();
        onMove(step);
      }}
    >
      <legend className="sr-only">Level {position}</legend>
      <div className="mb-2 flex items-center gap-1">
        <h3 aria-hidden className="flex-1 text-body font-medium">
          Level {position}
        </h3>
        <IconButton
          size="small"
          name={`Move level ${position} up`}
          aria-disabled={position === 1}
          icon={<ArrowUp aria-hidden />}
          onClick={() => onMove(-1)}
        />
        <IconButton
          size="small"
          name={`Move level ${position} down`}
          aria-disabled={position === total}
          icon={<ArrowDown aria-hidden />}
          onClick={() => onMove(1)}
        />
        <IconButton
          size="small"
          name={`Remove level ${position}`}
          disabled={total === 1}
          icon={<Trash2 aria-hidden />}
          onClick={onRemove}
        />
      </div>
      <TargetList level={level} choices={choices} onChange={(targets) => onChange({ ...level, targets })} />
      <FieldErrors errors={errorsFor("targets")} />
      <Field
        label={`Minutes to wait after level ${position}`}
        className="mt-3 max-w-60"
        errors={errorsFor("delayMinutes")}
      >
        {(control) => (
          <Input
            {...control}
            type="number"
            required
            min={1}
            max={1440}
            step={1}
            value={level.delayMinutes === 0 ? "" : level.delayMinutes}
            onChange={(event) => onChange({ ...level, delayMinutes: event.target.valueAsNumber || 0 })}
          />
        )}
      </Field>
      <LevelWays level={level} position={position} errorsFor={errorsFor} onChange={onChange} />
    </fieldset>
  );
}

interface TargetListProps {
  level: DraftLevel;
  choices: TargetChoices;
  onChange: (targets: DraftTarget[]) => void;
}

function TargetList({ level: { targets }, choices, onChange }: TargetListProps) {
  const isFree = ({ id }: { id: string }) => !targets.some((target) => target.id === id);
  const nameOf = ({ id }: DraftTarget) =>
    [...choices.schedules, ...choices.people].find((choice) => choice.id === id)?.name ?? "Somebody gone";
  return (
    <div className="flex flex-col gap-2">
      {targets.length === 0 ? null : (
        <ul className="flex flex-col divide-y rounded-control border">
          {targets.map((target) => (
            <li key={target.id} className="flex items-center gap-2 py-0.5 pr-1 pl-2.5">
              <span className="min-w-0 flex-1 truncate">{nameOf(target)}</span>
              <span className="text-meta text-text-3">
                {target.type === "schedule" ? "schedule" : "person"}
              </span>
              <IconButton
                size="small"
                name={`Remove ${nameOf(target)}`}
                icon={<X aria-hidden />}
                onClick={() => onChange(targets.filter(({ id }) => id !== target.id))}
              />
            </li>
          ))}
        </ul>
      )}
      <Field label="Tell a schedule or person" hideLabel>
        {(control) => (
          <Select
            {...control}
            value=""
            onChange={(event) => {
              const id = event.target.value;
              const isSchedule = choices.schedules.some((schedule) => schedule.id === id);
              onChange([...targets, { type: isSchedule ? "schedule" : "user", id }]);
            }}
          >
            <option value="">{targets.length === 0 ? "Tell…" : "And tell…"}</option>
            <optgroup label="Schedules: whoever is on call">
              {choices.schedules.filter(isFree).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
            <optgroup label="People: always">
              {choices.people.filter(isFree).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          </Select>
        )}
      </Field>
    </div>
  );
}
