"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAnnounce } from "#components/layout/announcer";
import { useNow } from "#components/time/clock";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { toast } from "#components/ui/toaster";
import { createOverride, removeOverride } from "#lib/on-call/client";
import type { OnCallEntry } from "#lib/on-call/client";

const HOUR = 3_600_000;
const CHOICES = [1, 2, 4, 8, 12, 24];

/** Puts the viewer on call from now for some hours, in one of the policy's schedules. */
export function TakeOver({ entry, viewerId }: { entry: OnCallEntry; viewerId: string }) {
  const [open, setOpen] = useState(false);
  const schedules = entry.levels.flatMap((level) =>
    level.schedules.map((schedule) => ({ ...schedule, level })),
  );
  const mine = schedules.every(({ id, level }) =>
    level.people.some(({ user, schedule }) => user.id === viewerId && schedule?.id === id),
  );
  if (schedules.length === 0 || mine) return null;
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="small"
      title={`Take over ${entry.policy.name}`}
      description="You are on call from now; whoever is on call hands over to you."
      trigger={
        <Button size="small" aria-label={`Take over ${entry.policy.name}`}>
          Take over
        </Button>
      }
    >
      <TakeOverForm schedules={schedules} viewerId={viewerId} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

type Choice = OnCallEntry["levels"][number]["schedules"][number] & { level: OnCallEntry["levels"][number] };

interface TakeOverFormProps {
  schedules: readonly Choice[];
  viewerId: string;
  onDone: () => void;
}

function TakeOverForm({ schedules, viewerId, onDone }: TakeOverFormProps) {
  const now = useNow("minute");
  const [scheduleId, setScheduleId] = useState(schedules[0]?.id ?? "");
  const [hours, setHours] = useState(2);
  const takeOver = useTakeOver(viewerId, onDone);
  const chosen = schedules.find(({ id }) => id === scheduleId);
  const relieved = chosen?.level.people.filter(({ schedule }) => schedule?.id === scheduleId) ?? [];
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        takeOver.mutate({ scheduleId, hours });
      }}
    >
      {takeOver.error ? <Callout tone="danger" title={`Not taken over: ${takeOver.error.message}`} /> : null}
      <Field label="Schedule">
        {(control) => (
          <Select {...control} value={scheduleId} onChange={(event) => setScheduleId(event.target.value)}>
            {schedules.map(({ id, name, level }) => (
              <option key={`${id} ${level.level}`} value={id}>
                {name} (level {level.level})
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="For">
        {(control) => (
          <Select {...control} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {CHOICES.map((choice) => (
              <option key={choice} value={choice}>
                {choice === 1 ? "1 hour" : `${choice} hours`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <p className="text-body text-text-2">
        Until <Time at={new Date(now + hours * HOUR).toISOString()} format="date-time" />.{" "}
        {relieved.length === 0
          ? "Nobody is on call there now."
          : `${relieved.map(({ user }) => user.name).join(", ")} is relieved until then.`}
      </p>
      <Button type="submit" variant="primary" pending={takeOver.isPending} pendingLabel="Taking over…">
        Take over
      </Button>
    </form>
  );
}

function useTakeOver(viewerId: string, onDone: () => void) {
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ scheduleId, hours }: { scheduleId: string; hours: number }) =>
      createOverride(scheduleId, { userId: viewerId, hours }),
    onSuccess: ({ id }, { scheduleId }) => {
      const undo = () => {
        void removeOverride(scheduleId, id).then(
          () => router.refresh(),
          (error: Error) => toast.error(`Not undone: ${error.message}`),
        );
      };
      toast.success("You are on call now.", { action: { label: "Undo", onPress: undo } });
      announce("You are on call now");
      onDone();
      router.refresh();
    },
  });
}
