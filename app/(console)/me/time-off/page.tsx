import type { Metadata } from "next";
import { LiveRefresh } from "#components/live/live-refresh";
import { TimeOffCalendar } from "#components/on-call/time-off-calendar";
import { TimeOffConflicts } from "#components/on-call/time-off-conflicts";
import { TimeOffList } from "#components/on-call/time-off-list";
import { requireContext } from "#lib/auth/session";
import { readOwnTimeOff } from "#lib/on-call/queries/own-time-off";
import { hasPermission } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Time off" };

export default async function TimeOffPage() {
  const ctx = await requireContext();
  const { entries, calendar, conflicts } = await readOwnTimeOff(ctx);
  return (
    <div className="flex flex-col gap-4">
      <LiveRefresh entities={["user", "schedule"]} />
      <TimeOffConflicts
        conflicts={conflicts}
        viewerId={hasPermission(ctx.actor.role, "incident.respond") ? ctx.actor.id : null}
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <TimeOffList entries={entries} />
        <TimeOffCalendar calendar={calendar} />
      </div>
    </div>
  );
}
