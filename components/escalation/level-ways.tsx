"use client";

import { SupportHoursFields } from "#components/services/support-hours-fields";
import { useViewer } from "#components/time/viewer";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import type { DraftLevel } from "#lib/escalation/editor-draft";
import { OTHERWISE, STRATEGIES } from "#lib/escalation/policy";
import type { Otherwise, Strategy } from "#lib/escalation/policy";

interface LevelWaysProps {
  level: DraftLevel;
  position: number;
  /** Messages by the path below this level: "cycleMinutes", "condition.startTime". */
  errorsFor: (path: string) => string[];
  onChange: (level: DraftLevel) => void;
}

const STRATEGY_NAMES: Record<Strategy, string> = {
  everyone: "Everyone at once",
  round_robin: "In turn: each incident to the next",
  round_robin_cycle: "In turn, handing on until somebody answers",
};

const OTHERWISE_NAMES: Record<Otherwise, string> = {
  skip: "pass it over at once",
  wait: "wait until they begin",
};

/** How a level tells its targets: all or in turn, to take it over or to know, at all hours or some. */
export function LevelWays({ level, position, errorsFor, onChange }: LevelWaysProps) {
  return (
    <div className="mt-3 flex flex-col gap-2 border-t pt-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={`Whom level ${position} tells`} errors={errorsFor("strategy")}>
          {(control) => (
            <Select
              {...control}
              value={level.strategy}
              onChange={(event) => onChange(withStrategy(level, event.target.value))}
            >
              {STRATEGIES.map((strategy) => (
                <option key={strategy} value={strategy}>
                  {STRATEGY_NAMES[strategy]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {level.strategy === "round_robin_cycle" ? (
          <Field label="Minutes per turn" errors={errorsFor("cycleMinutes")}>
            {(control) => (
              <Input
                {...control}
                type="number"
                required
                min={1}
                max={Math.max(1, level.delayMinutes - 1)}
                step={1}
                value={level.cycleMinutes ?? ""}
                onChange={(event) => onChange({ ...level, cycleMinutes: event.target.valueAsNumber || 0 })}
              />
            )}
          </Field>
        ) : null}
      </div>
      <CheckboxField
        label="Only tell them"
        hint="They are notified and may acknowledge, but whoever had the incident before keeps it."
        checked={level.notifyOnly}
        onChange={(event) => onChange({ ...level, notifyOnly: event.target.checked })}
      />
      <LevelHours level={level} position={position} errorsFor={errorsFor} onChange={onChange} />
    </div>
  );
}

function withStrategy(level: DraftLevel, value: string): DraftLevel {
  const strategy = STRATEGIES.find((known) => known === value) ?? "everyone";
  const turn = Math.max(1, Math.floor(level.delayMinutes / 2));
  return { ...level, strategy, cycleMinutes: strategy === "round_robin_cycle" ? turn : null };
}

function LevelHours({ level, position, errorsFor, onChange }: LevelWaysProps) {
  const { timeZone } = useViewer();
  const { condition } = level;
  return (
    <>
      <CheckboxField
        label="Only at certain hours"
        checked={condition !== null}
        onChange={(event) =>
          onChange({
            ...level,
            condition: event.target.checked
              ? {
                  timeZone,
                  startTime: "22:00",
                  endTime: "06:00",
                  daysOfWeek: [1, 2, 3, 4, 5, 6, 7],
                  otherwise: "skip",
                }
              : null,
          })
        }
      />
      {condition === null ? null : (
        <fieldset className="flex flex-col gap-3 border-l-2 pl-3">
          <legend className="sr-only">Hours of level {position}</legend>
          <SupportHoursFields
            value={condition}
            errorsFor={(field) => errorsFor(`condition.${field}`)}
            onChange={(hours) =>
              onChange({ ...level, condition: { ...hours, otherwise: condition.otherwise } })
            }
          />
          <Field
            label="Outside these hours"
            hint={
              condition.otherwise === "wait"
                ? "It waits only while somebody has the incident: nothing is left with nobody."
                : undefined
            }
          >
            {(control) => (
              <Select
                {...control}
                value={condition.otherwise}
                onChange={(event) => {
                  const otherwise = OTHERWISE.find((known) => known === event.target.value) ?? "skip";
                  onChange({ ...level, condition: { ...condition, otherwise } });
                }}
              >
                {OTHERWISE.map((otherwise) => (
                  <option key={otherwise} value={otherwise}>
                    {OTHERWISE_NAMES[otherwise]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </fieldset>
      )}
    </>
  );
}
