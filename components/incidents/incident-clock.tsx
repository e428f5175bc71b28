"use client";

import { Countdown, Duration, Elapsed } from "#components/time/duration";
import { Time } from "#components/time/time";
import type { IncidentRowDto } from "#lib/incidents/schemas";

type Clocked = Pick<
  IncidentRowDto,
  "status" | "consequence" | "createdAt" | "acknowledgedAt" | "resolvedAt" | "snoozedUntil"
>;

/** The clock that matters now: what happens next if nobody acts, else how long it has been open, else how long it took. */
export function IncidentClock({ incident }: { incident: Clocked }) {
  const { status, consequence, createdAt, resolvedAt, snoozedUntil } = incident;
  if (status === "resolved" && resolvedAt) {
    return (
      <>
        took <Duration milliseconds={Date.parse(resolvedAt) - Date.parse(createdAt)} />
      </>
    );
  }
  if (snoozedUntil) {
    return (
      <>
        until <Time at={snoozedUntil} format="date-time" card={false} />
      </>
    );
  }
  if (consequence?.type === "escalate") {
    return (
      <>
        escalates in <Countdown until={consequence.at} after="a moment" />
      </>
    );
  }
  return (
    <>
      open <Elapsed since={createdAt} />
    </>
  );
}
