"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAnnounce } from "#components/layout/announcer";
import { LocalTimeFields } from "#components/schedules/local-time-fields";
import { OverrideOutcome } from "#components/schedules/override-outcome";
import { useLocalSpan } from "#components/schedules/use-local-span";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { toast } from "#components/ui/toaster";
import { fieldErrors } from "#lib/browser/api";
import { closeCover, comingShiftsOptions, requestCover } from "#lib/on-call/client";

interface CoverFormProps {
  schedule: { id: string; name: string; timeZone: string };
  viewerId: string;
  /** The shift, on the schedule's clocks. */
  initial: { fromLocal: string; untilLocal: string };
  onDone: () => void;
}

/** Asks everybody in the schedule, or one of them, to take a shift or a part of it. */
export function CoverForm({ schedule, viewerId, initial, onDone }: CoverFormProps) {
  const [askedUserId, setAskedUserId] = useState("");
  const [message, setMessage] = useState("");
  const { times, change, preview, isCurrent, span } = useLocalSpan(schedule, initial);
  const colleagues = useColleagues(schedule.id, viewerId);
  const request = useRequest(onDone);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (span === null) return;
        const { startsAt, endsAt } = span;
        request.mutate({
          scheduleId: schedule.id,
          startsAt,
          endsAt,
          askedUserId: askedUserId || null,
          message,
        });
      }}
    >
      {request.error ? <Callout tone="danger" title={`Not asked: ${request.error.message}`} /> : null}
      <Field label="Who is asked?" errors={fieldErrors(request.error, "askedUserId")}>
        {(control) => (
          <Select {...control} value={askedUserId} onChange={(event) => setAskedUserId(event.target.value)}>
            <option value="">Everybody in {schedule.name}</option>
            {colleagues.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <LocalTimeFields
        times={times}
        timeZone={schedule.timeZone}
        errors={[...fieldErrors(preview.error, "untilLocal"), ...fieldErrors(request.error, "startsAt")]}
        onChange={change}
      />
      <Field label="Message" optional errors={fieldErrors(request.error, "message")}>
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            value={message}
            placeholder="Dentist at ten"
            onChange={(event) => setMessage(event.target.value)}
          />
        )}
      </Field>
      <OverrideOutcome
        preview={preview.data}
        error={preview.error}
        isStale={!isCurrent}
        timeZone={schedule.timeZone}
        personName={undefined}
      />
      <div className="flex flex-wrap items-center justify-end gap-3">
        <p className="min-w-48 flex-1 text-meta text-text-3">You stay on call until somebody takes it.</p>
        <Button
          type="submit"
          variant="primary"
          className="max-sm:w-full"
          disabled={span === null}
          pending={request.isPending}
          pendingLabel="Asking…"
        >
          Request cover
        </Button>
      </div>
    </form>
  );
}

/** Who has coming shifts beside the viewer; others who stand in the schedule are asked with everybody. */
function useColleagues(scheduleId: string, viewerId: string) {
  const shifts = useQuery(comingShiftsOptions(scheduleId));
  const people = new Map((shifts.data ?? []).map(({ user }) => [user.id, user.name]));
  people.delete(viewerId);
  return [...people].map(([id, name]) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Sends a request; for a while it can be taken back with one tap. */
export function useRequest(onDone: () => void) {
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    networkMode: "always",
    mutationFn: requestCover,
    onSuccess: ({ id }, { inReturn }) => {
      const undo = () => {
        void closeCover(id).then(
          () => router.refresh(),
          (error: Error) => toast.error(`Not withdrawn: ${error.message}`),
        );
      };
      const done = inReturn ? "Swap asked for." : "Cover asked for.";
      toast.success(done, { action: { label: "Undo", onPress: undo } });
      announce(done);
      onDone();
      router.refresh();
    },
  });
}
