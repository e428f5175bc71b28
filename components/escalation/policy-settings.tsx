"use client";

import { NobodyAnsweredFields, type EndingChoices } from "#components/escalation/nobody-answered-fields";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import type { PolicyDraft } from "#lib/escalation/editor-draft";

interface SettingsProps {
  draft: PolicyDraft;
  errorsFor: (path: string) => string[];
  onChange: (draft: PolicyDraft) => void;
}

/** Name, team and description. */
export function PolicySettings({
  draft,
  teams,
  errorsFor,
  onChange,
}: SettingsProps & { teams: readonly { id: string; name: string }[] }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Policy name" errors={errorsFor("name")}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={255}
              value={draft.name}
              placeholder="Payments critical"
              onChange={(event) => onChange({ ...draft, name: event.target.value })}
            />
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

/** What happens when nobody answered, or nobody is there to be told. */
export function PolicyEnding({
  draft,
  choices,
  errorsFor,
  onChange,
}: SettingsProps & { choices: EndingChoices }) {
  const { people } = choices;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Nobody answered: repeat all levels" errors={errorsFor("numLoops")}>
          {(control) => (
            <Select
              {...control}
              value={draft.numLoops}
              onChange={(event) => onChange({ ...draft, numLoops: Number(event.target.value) })}
            >
              {Array.from({ length: 10 }, (_, loops) => (
                <option key={loops} value={loops}>
                  {loops === 0 ? "never" : loops === 1 ? "once" : `${loops} times`}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Nobody on call at any level: tell" errors={errorsFor("fallbackUserId")}>
          {(control) => (
            <Select
              {...control}
              value={draft.fallbackUserId ?? ""}
              onChange={(event) => onChange({ ...draft, fallbackUserId: event.target.value || null })}
            >
              <option value="">
                {draft.teamId === null ? "the organisation’s catch-all" : "the team’s managers"}
              </option>
              {people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <HandOffNotices draft={draft} errorsFor={errorsFor} onChange={onChange} />
      </div>
      <NobodyAnsweredFields
        value={draft.nobodyAnswered}
        choices={choices}
        errorsFor={errorsFor}
        onChange={(nobodyAnswered) => onChange({ ...draft, nobodyAnswered })}
      />
    </>
  );
}

function HandOffNotices({ draft, errorsFor, onChange }: SettingsProps) {
  return (
    <Field
      label="Tell people when their shift begins or ends"
      errors={errorsFor("onCallHandoffNotifications")}
    >
      {(control) => (
        <Select
          {...control}
          value={draft.onCallHandoffNotifications}
          onChange={(event) =>
            onChange({
              ...draft,
              onCallHandoffNotifications: event.target.value === "always" ? "always" : "if_has_services",
            })
          }
        >
          <option value="if_has_services">while a service uses the policy</option>
          <option value="always">always</option>
        </Select>
      )}
    </Field>
  );
}
