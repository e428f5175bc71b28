"use client";

import { Time } from "#components/time/time";
import { TextLink } from "#components/ui/link";
import type { CoverRequest } from "#lib/on-call/client";

type Span = { startsAt: string; endsAt: string };

export function CoverSpan({ span }: { span: Span }) {
  return (
    <span className="text-table text-text-2">
      <Time at={span.startsAt} format="date-time" /> – <Time at={span.endsAt} format="date-time" />
    </span>
  );
}

/** Which schedule, when, against what, and what was said. */
export function CoverFacts({ request }: { request: CoverRequest }) {
  const { schedule, inReturn, message, open, state } = request;
  const spans = state === "open" ? open : [request];
  return (
    <>
      <TextLink tone="quiet" href={`/schedules/${schedule.slug}`} className="self-start font-medium">
        {schedule.name}
      </TextLink>
      {spans.map((span) => (
        <CoverSpan key={span.startsAt} span={span} />
      ))}
      {inReturn === null ? null : (
        <span className="text-table text-text-2">
          in return for <CoverSpan span={inReturn} />
        </span>
      )}
      {message === null ? null : <q className="text-body text-text-2">{message}</q>}
    </>
  );
}
