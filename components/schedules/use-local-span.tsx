"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSettled } from "#components/schedules/use-settled";
import { overridePreviewOptions } from "#lib/on-call/client";

export type LocalTimes = { fromLocal: string; end: "until" | "hours"; untilLocal: string; hours: number };

/** Times on the clocks of a schedule's zone, and what they are: the instants that will be stored, and who is on call then. */
export function useLocalSpan(
  schedule: { id: string; timeZone: string },
  initial: { fromLocal: string; untilLocal: string },
) {
  const [times, setTimes] = useState<LocalTimes>({
    fromLocal: initial.fromLocal,
    end: "until",
    untilLocal: initial.untilLocal,
    hours: 8,
  });
  const settled = useSettled(times);
  const preview = useQuery({
    ...overridePreviewOptions(asked(schedule, settled)),
    placeholderData: keepPreviousData,
    enabled: settled.fromLocal !== "",
  });
  const isCurrent = settled === times && preview.data !== undefined && !preview.isPlaceholderData;
  return {
    times,
    change: (change: Partial<LocalTimes>) => setTimes({ ...times, ...change }),
    preview,
    isCurrent,
    /** What may be sent now; null while it is being worked out. */
    span: isCurrent && preview.data !== undefined && preview.error === null ? preview.data : null,
  };
}

function asked(schedule: { id: string; timeZone: string }, times: LocalTimes) {
  const { fromLocal, end, untilLocal, hours } = times;
  const common = { scheduleId: schedule.id, timeZone: schedule.timeZone, fromLocal };
  return end === "until" ? { ...common, untilLocal } : { ...common, hours };
}
