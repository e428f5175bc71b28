"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAnnounce } from "#components/layout/announcer";
import type { OverrideSubject, PersonChoice } from "#components/schedules/override-dialog";
import { LocalTimeFields } from "#components/schedules/local-time-fields";
import { OverrideOutcome } from "#components/schedules/override-outcome";
import { useLocalSpan } from "#components/schedules/use-local-span";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { toast } from "#components/ui/toaster";
import { fieldErrors } from "#lib/browser/api";
import { createOverride, removeOverride } from "#lib/on-call/client";

interface OverrideFormProps {
  schedule: { id: string; name: string; timeZone: string };
  people: readonly PersonChoice[];
  viewerId: string | null;
  subject: OverrideSubject;
  onDone: () => void;
}

/** Person, start and end. The instants that are shown are the ones that are stored. */
export function OverrideForm({ schedule, people, viewerId, subject, onDone }: OverrideFormProps) {
  const choices = people.filter(({ id }) => id !== subject.person?.id);
  const preselected = choices.find(({ id }) => id === viewerId)?.id ?? "";
  const [userId, setUserId] = useState(preselected);
  const { times, change, preview, isCurrent, span } = useLocalSpan(schedule, subject);
  const create = useCreate(schedule.id, onDone);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a shortcut for its submit button
    <form
      className="flex flex-col gap-4"
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (span === null) return;
        create.mutate({ userId, startsAt: span.startsAt, endsAt: span.endsAt });
      }}
    >
      {create.error ? <Callout tone="danger" title={`Not overridden: ${create.error.message}`} /> : null}
      <Field label="Who takes over?" errors={fieldErrors(create.error, "userId")}>
        {(control) => (
          <Select {...control} required value={userId} onChange={(event) => setUserId(event.target.value)}>
            <option value="">Choose a person</option>
            {choices.map(({ id, name }) => (
              <option key={id} value={id}>
                {id === viewerId ? `${name} (me)` : name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <LocalTimeFields
        times={times}
        timeZone={schedule.timeZone}
        errors={[...fieldErrors(preview.error, "untilLocal"), ...fieldErrors(create.error, "endsAt")]}
        onChange={change}
      />
      <OverrideOutcome
        preview={preview.data}
        error={preview.error}
        isStale={!isCurrent}
        timeZone={schedule.timeZone}
        personName={people.find(({ id }) => id === userId)?.name}
      />
      <Button
        type="submit"
        variant="primary"
        title="Ctrl Enter"
        className="self-end max-sm:w-full"
        disabled={span === null}
        pending={create.isPending}
        pendingLabel="Saving…"
      >
        {subject.kind === "gap" ? "Fill gap" : "Override"}
      </Button>
    </form>
  );
}

function useCreate(scheduleId: string, onDone: () => void) {
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    networkMode: "always",
    mutationFn: (override: { userId: string; startsAt: string; endsAt: string }) =>
      createOverride(scheduleId, override),
    onSuccess: ({ id }) => {
      const undo = () => {
        void removeOverride(scheduleId, id).then(
          () => router.refresh(),
          (error: Error) => toast.error(`Not undone: ${error.message}`),
        );
      };
      toast.success("Override saved.", { action: { label: "Undo", onPress: undo } });
      announce("Override saved");
      onDone();
      router.refresh();
    },
  });
}
