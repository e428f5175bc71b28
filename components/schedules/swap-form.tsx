"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useRequest } from "#components/schedules/cover-form";
import { useViewer } from "#components/time/viewer";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Skeleton } from "#components/ui/skeleton";
import { comingShiftsOptions } from "#lib/on-call/client";
import type { ComingShift } from "#lib/on-call/client";
import { formatDayTime, zoneCity } from "#lib/time/format";
import type { TimeReader } from "#lib/time/format";

interface SwapFormProps {
  schedule: { id: string; name: string; timeZone: string };
  viewerId: string;
  /** What the times of shifts are said in: that of the shift it began from. */
  zone: string;
  /** The shift it began from, the viewer's or another's. */
  shift: { personId: string; start: number; end: number };
  onDone: () => void;
}

/** Two shifts change hands at once, if the other agrees: the one chosen here for the one it began from. */
export function SwapForm({ schedule, viewerId, zone, shift, onDone }: SwapFormProps) {
  const reader = { ...useViewer(), timeZone: zone };
  const [chosen, setChosen] = useState("");
  const [message, setMessage] = useState("");
  const coming = useQuery(comingShiftsOptions(schedule.id));
  const request = useRequest(onDone);
  const isOwn = shift.personId === viewerId;
  if (coming.data === undefined) {
    if (coming.error) return <Callout tone="danger" title={coming.error.message} />;
    return <Skeleton className="h-24" />;
  }
  // One's own shift against any of others; another's against one's own.
  const choices = coming.data.filter(({ user }) => (user.id === viewerId) !== isOwn);
  const other = choices.find((choice) => keyOf(choice) === chosen);
  const began = { startsAt: new Date(shift.start).toISOString(), endsAt: new Date(shift.end).toISOString() };
  if (choices.length === 0) {
    return (
      <p className="text-body text-text-2">
        {isOwn ? "Nobody else has" : "You have"} a shift to swap in {schedule.name} in the next 60 days.
      </p>
    );
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (other?.end === undefined || other.end === null) return;
        const theirs = { startsAt: other.start, endsAt: other.end };
        const common = { scheduleId: schedule.id, message };
        request.mutate(
          isOwn
            ? { ...common, ...began, askedUserId: other.user.id, inReturn: theirs }
            : { ...common, ...theirs, askedUserId: shift.personId, inReturn: began },
        );
      }}
    >
      {request.error ? <Callout tone="danger" title={`Not asked: ${request.error.message}`} /> : null}
      <Field
        label={isOwn ? "Swap with" : "Which of your shifts in return?"}
        hint={`${isOwn ? "You take this shift, they take yours. " : ""}Times in ${zoneCity(zone)}.`}
      >
        {(control) => (
          <Select {...control} required value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="">Choose a shift</option>
            {choices.map((choice) => (
              <option key={keyOf(choice)} value={keyOf(choice)}>
                {labelOf(choice, reader, isOwn)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Message" optional>
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            value={message}
            onChange={(event) => setMessage(event.target.value)}
          />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="self-end max-sm:w-full"
        pending={request.isPending}
        pendingLabel="Asking…"
      >
        Ask to swap
      </Button>
    </form>
  );
}

function keyOf({ user, start }: ComingShift): string {
  return `${user.id} ${start}`;
}

function labelOf({ user, start, end }: ComingShift, reader: TimeReader, withName: boolean): string {
  const until = end === null ? "" : ` – ${formatDayTime(Date.parse(end), reader)}`;
  const span = `${formatDayTime(Date.parse(start), reader)}${until}`;
  return withName ? `${user.name}: ${span}` : span;
}
