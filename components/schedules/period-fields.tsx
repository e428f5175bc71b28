"use client";

import { useEditor } from "#components/schedules/layer-context";
import { CheckboxField } from "#components/ui/checkbox";
import { Disclosure } from "#components/ui/disclosure";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import type { EditorLayer } from "#lib/on-call/editor-draft";
import { zoneCity } from "#lib/time/format";
import { formatWallClock, instantAt, parseWallClock, wallClockAt } from "#lib/time/wall-clock";

interface PeriodFieldsProps {
  layer: EditorLayer;
  path: string;
  onChange: (layer: EditorLayer) => void;
}

/** From when to when the layer counts, and whether it hides the layers below. */
export function PeriodFields({ layer, path, onChange }: PeriodFieldsProps) {
  const { timeZone, errorsFor } = useEditor();
  const shown = (at: string | null) =>
    at === null ? "" : formatWallClock(wallClockAt(timeZone, Date.parse(at))).slice(0, 16);
  const instant = (text: string) => {
    const wall = parseWallClock(text);
    return wall === null ? null : new Date(instantAt(timeZone, wall)).toISOString();
  };
  return (
    <Disclosure summary="Start, end and what is below" open={layer.endsAt !== null || layer.together}>
      <div className="flex flex-col gap-3">
        <Field
          label="Starts"
          optional
          hint="Empty: when it is published."
          errors={errorsFor(`${path}.startsAt`)}
        >
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={shown(layer.startsAt)}
              onChange={(event) => onChange({ ...layer, startsAt: instant(event.target.value) })}
            />
          )}
        </Field>
        <Field
          label="Ends"
          optional
          hint={`Clock time in ${zoneCity(timeZone)}`}
          errors={errorsFor(`${path}.endsAt`)}
        >
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={shown(layer.endsAt)}
              onChange={(event) => onChange({ ...layer, endsAt: instant(event.target.value) })}
            />
          )}
        </Field>
        <CheckboxField
          label="Together with the layers below"
          hint="Both are on call at once, instead of this layer hiding those below."
          checked={layer.together}
          onChange={(event) => onChange({ ...layer, together: event.target.checked })}
        />
      </div>
    </Disclosure>
  );
}
