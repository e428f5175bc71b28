"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { CalendarSourceDialog } from "#components/calendars/calendar-source-dialog";
import { WarningList } from "#components/schedules/warning-list";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { toast } from "#components/ui/toaster";
import {
  importCalendar,
  refreshCalendar,
  replaceCalendar,
  type FollowedCalendar,
} from "#lib/calendars/client";

interface FollowedCalendarsProps {
  scheduleId: string;
  calendars: readonly FollowedCalendar[];
  canConfigure: boolean;
  canRefresh: boolean;
}

/** The calendars that layers follow, how fresh they are, and a way to follow another. */
export function FollowedCalendars({
  scheduleId,
  calendars,
  canConfigure,
  canRefresh,
}: FollowedCalendarsProps) {
  if (calendars.length === 0 && !canConfigure) return null;
  return (
    <Card
      title="Calendars it follows"
      actions={
        canConfigure ? (
          <CalendarSourceDialog
            title="Follow a calendar"
            description="A layer on top takes its people from it, from now on."
            action="Follow a calendar…"
            confirmLabel="Add layer"
            onSave={(source) => importCalendar(scheduleId, source)}
          />
        ) : undefined
      }
    >
      {calendars.length === 0 ? (
        <p className="text-body text-text-2">
          None. A rota that is kept in another calendar can be a layer here: whom its events name is on call.
        </p>
      ) : (
        <ul className="flex flex-col gap-4">
          {calendars.map((calendar) => (
            <li key={calendar.id} className="flex flex-col gap-2">
              <Followed calendar={calendar} canConfigure={canConfigure} canRefresh={canRefresh} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

interface FollowedProps {
  calendar: FollowedCalendar;
  canConfigure: boolean;
  canRefresh: boolean;
}

function Followed({ calendar, canConfigure, canRefresh }: FollowedProps) {
  const { id, name, host, readAt, error, failingSince, warnings } = calendar;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{name}</span>
        <span className="text-meta text-text-3">
          {host === null ? "from a file" : `from ${host}`}
          {readAt === null ? null : (
            <>
              , read <Time at={readAt} format="relative" />
            </>
          )}
        </span>
      </div>
      {error === null ? null : (
        <Callout tone="warning" title={error}>
          It can’t be read{" "}
          {failingSince === null ? (
            "now"
          ) : (
            <>
              since <Time at={failingSince} format="date-time" />
            </>
          )}
          . What was read last stays in force.
        </Callout>
      )}
      <WarningList sentences={warnings} />
      <div className="flex flex-wrap gap-2">
        {canRefresh && host !== null ? <ReadNow calendarId={id} /> : null}
        {canConfigure ? (
          <CalendarSourceDialog
            title={`Change the source of ${name}`}
            description="What it says counts from now on; who was on call stays."
            action="Change source…"
            confirmLabel="Save"
            name={name}
            onSave={(source) => replaceCalendar(id, source)}
          />
        ) : null}
      </div>
    </>
  );
}

function ReadNow({ calendarId }: { calendarId: string }) {
  const router = useRouter();
  const read = useMutation({
    networkMode: "always",
    mutationFn: () => refreshCalendar(calendarId),
    onSuccess: (result) => {
      if (result.kind === "failed") toast.error(`Not read: ${result.because}`);
      else toast.success(result.isChanged ? "Read: the schedule has changed." : "Read: nothing has changed.");
      router.refresh();
    },
    onError: (error) => toast.error(`Not read: ${error.message}`),
  });
  return (
    <Button size="small" pending={read.isPending} pendingLabel="Reading…" onClick={() => read.mutate()}>
      Read now
    </Button>
  );
}
