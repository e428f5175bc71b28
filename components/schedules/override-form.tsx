"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAnnounce } from "#components/layout/announcer";
import type { OverrideSubject, PersonChoice } from "#components/schedules/override-dialog";
import { OverrideOutcome } from "#components/schedules/override-outcome";
import { useSettled } from "#components/schedules/use-settled";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { toast } from "#components/ui/toaster";
import { fieldErrors } from "#lib/browser/api";
import { createOverride, overridePreviewOptions, removeOverride } from "#lib/on-call/client";

interface OverrideFormProps {
  schedule: { id: string; name: string; timeZone: string };
  people: readonly PersonChoice[];
  viewerId: string | null;
  subject: OverrideSubject;
  onDone: () => void;
}

type Times = { fromLocal: string; end: "until" | "hours"; untilLocal: string; hours: number };

/** Person, start and end. The instants that are shown are the ones that are stored. */
export function OverrideForm({ schedule, people, viewerId, subject, onDone }: OverrideFormProps) {
  const choices = people.filter(({ id }) => id !== subject.person?.id);
  const preselected = choices.find(({ id }) => id === viewerId)?.id ?? "";
  const [userId, setUserId] = useState(preselected);
  const [times, setTimes] = useState<Times>({
    fromLocal: subject.fromLocal,
    end: "until",
    untilLocal: subject.untilLocal,
    hours: 8,
  });
  const settled = useSettled(times);
  const preview = useQuery({
    ...overridePreviewOptions(asked(schedule, settled)),
    placeholderData: keepPreviousData,
    enabled: settled.fromLocal !== "",
  });
  const create = useCreate(schedule.id, onDone);
  const isCurrent = settled === times && preview.data !== undefined && !preview.isPlaceholderData;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a shortcut for its submit button
    <form
      className="flex flex-col gap-4"
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isCurrent || preview.data === undefined) return;
        const { startsAt, endsAt } = preview.data;
        create.mutate({ userId, startsAt, endsAt });
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
      <TimeFields
        times={times}
        timeZone={schedule.timeZone}
        errors={[...fieldErrors(preview.error, "untilLocal"), ...fieldErrors(create.error, "endsAt")]}
        onChange={(change) => setTimes({ ...times, ...change })}
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
        disabled={!isCurrent || preview.error !== null}
        pending={create.isPending}
        pendingLabel="Saving…"
      >
        {subject.kind === "gap" ? "Fill gap" : "Override"}
      </Button>
    </form>
  );
}

interface TimeFieldsProps {
  times: Times;
  timeZone: string;
  errors: readonly string[];
  onChange: (change: Partial<Times>) => void;
}

function TimeFields({ times, timeZone, errors, onChange }: TimeFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="From" hint={`Clock time in ${timeZone}`}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            required
            value={times.fromLocal.slice(0, 16)}
            onChange={(event) => onChange({ fromLocal: event.target.value })}
          />
        )}
      </Field>
      <div className="flex flex-col gap-1.5">
        <Field label="Ends" className={times.end === "until" ? "" : "contents"}>
          {(control) => (
            <Select
              {...control}
              value={times.end}
              onChange={(event) => onChange({ end: event.target.value === "hours" ? "hours" : "until" })}
            >
              <option value="until">At a clock time</option>
              <option value="hours">After so many hours</option>
            </Select>
          )}
        </Field>
        <Field label={times.end === "until" ? "Until" : "Elapsed hours"} hideLabel errors={errors}>
          {(control) =>
            times.end === "until" ? (
              <Input
                {...control}
                type="datetime-local"
                required
                value={times.untilLocal.slice(0, 16)}
                onChange={(event) => onChange({ untilLocal: event.target.value })}
              />
            ) : (
              <Input
                {...control}
                type="number"
                required
                min={0.25}
                max={8784}
                step={0.25}
                value={times.hours}
                onChange={(event) => onChange({ hours: event.target.valueAsNumber || 0 })}
              />
            )
          }
        </Field>
      </div>
    </div>
  );
}

function asked(schedule: { id: string; timeZone: string }, { fromLocal, end, untilLocal, hours }: Times) {
  const common = { scheduleId: schedule.id, timeZone: schedule.timeZone, fromLocal };
  return end === "until" ? { ...common, untilLocal } : { ...common, hours };
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
