"use client";

import { useState } from "react";
import { LocalTimeFields } from "#components/schedules/local-time-fields";
import type { PersonChoice } from "#components/schedules/override-dialog";
import { useCoverAction } from "#components/schedules/use-cover-action";
import { useLocalSpan } from "#components/schedules/use-local-span";
import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { addShadow } from "#lib/on-call/client";

interface ShadowFormProps {
  schedule: { id: string; name: string; timeZone: string };
  people: readonly PersonChoice[];
  viewerId: string;
  canConfigure: boolean;
  initial: { fromLocal: string; untilLocal: string };
  onDone: () => void;
}

/** Who follows whom, and from when until when. */
export function ShadowForm(props: ShadowFormProps) {
  const { schedule, people, viewerId, canConfigure, initial, onDone } = props;
  const [userId, setUserId] = useState(viewerId);
  const [followsUserId, setFollowsUserId] = useState("");
  const [isTold, setIsTold] = useState(true);
  const { times, change, preview, span } = useLocalSpan(schedule, initial);
  const add = useCoverAction(async ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) => {
    await addShadow(schedule.id, { userId, followsUserId: followsUserId || null, startsAt, endsAt, isTold });
    return "Shadow added.";
  }, onDone);
  const shadows = canConfigure ? people : people.filter(({ id }) => id === viewerId);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (span !== null) add.mutate(span);
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <PersonField
          label="Who follows?"
          people={shadows}
          value={userId}
          errors={fieldErrors(add.error, "userId")}
          onChange={setUserId}
        />
        <PersonField
          label="Whose shifts?"
          people={people.filter(({ id }) => id !== userId)}
          everybody="Whoever is on call"
          value={followsUserId}
          errors={fieldErrors(add.error, "followsUserId")}
          onChange={setFollowsUserId}
        />
      </div>
      <LocalTimeFields
        times={times}
        timeZone={schedule.timeZone}
        errors={fieldErrors(preview.error, "untilLocal")}
        onChange={change}
      />
      <CheckboxField
        label="Tell them when such a shift begins"
        checked={isTold}
        onChange={(event) => setIsTold(event.target.checked)}
      />
      <Button
        type="submit"
        variant="primary"
        className="self-end max-sm:w-full"
        disabled={span === null}
        pending={add.isPending}
        pendingLabel="Saving…"
      >
        Add shadow
      </Button>
    </form>
  );
}

interface PersonFieldProps {
  label: string;
  people: readonly PersonChoice[];
  everybody?: string;
  value: string;
  errors: readonly string[];
  onChange: (userId: string) => void;
}

function PersonField({ label, people, everybody, value, errors, onChange }: PersonFieldProps) {
  return (
    <Field label={label} errors={errors}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {everybody === undefined ? null : <option value="">{everybody}</option>}
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
