"use client";

import { useEditor } from "#components/schedules/layer-context";
import { RestrictionFields } from "#components/schedules/restriction-fields";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import type { EditorDraft } from "#lib/on-call/editor-draft";

interface EditorSettingsProps {
  draft: EditorDraft;
  teams: readonly { id: string; name: string }[];
  timeZones: readonly string[];
  onChange: (draft: EditorDraft) => void;
}

/** Name, zone, team and description of the schedule. */
export function EditorSettings({ draft, teams, timeZones, onChange }: EditorSettingsProps) {
  const { errorsFor } = useEditor();
  const zones = timeZones.includes(draft.timeZone) ? timeZones : [draft.timeZone, ...timeZones];
  return (
    <div className="flex flex-col gap-3">
      <Field label="Schedule name" errors={errorsFor("name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={255}
            value={draft.name}
            placeholder="Payments on call"
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Time zone" hint="Hand-offs follow its clocks." errors={errorsFor("timeZone")}>
          {(control) => (
            <Select
              {...control}
              value={draft.timeZone}
              onChange={(event) => onChange({ ...draft, timeZone: event.target.value })}
            >
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Team" optional errors={errorsFor("teamId")}>
          {(control) => (
            <Select
              {...control}
              value={draft.teamId ?? ""}
              onChange={(event) => onChange({ ...draft, teamId: event.target.value || null })}
            >
              <option value="">No team</option>
              {teams.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <RestrictionFields
        legend="Nobody needed"
        without="Somebody is needed around the clock"
        hint={draft.offDuty.length === 0 ? undefined : "Declared off-duty times are no gaps."}
        restrictions={draft.offDuty}
        path="offDuty"
        onChange={(offDuty) => onChange({ ...draft, offDuty })}
      />
      <Field label="Description" optional errors={errorsFor("description")}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={1024}
            value={draft.description}
            onChange={(event) => onChange({ ...draft, description: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
