import type { RosterChange } from "#lib/on-call/roster-changes";
import type { Interval } from "#lib/time/interval";
import { formatDayTime } from "#lib/time/format";

const MOST_LINES = 5;

/** What a person is told of changes to their shifts, on the clock of their own zone: "Your shifts changed: +2, −1 before 18 Jan". */
export function rosterWords({
  schedule,
  gained,
  lost,
  until,
  timeZone,
}: Pick<RosterChange, "gained" | "lost"> & { schedule: string; until: number; timeZone: string }): {
  title: string;
  lines: string[];
} {
  const counts = [
    ...(gained.length > 0 ? [`+${gained.length}`] : []),
    ...(lost.length > 0 ? [`−${lost.length}`] : []),
  ];
  const reader = { timeZone, locale: "en-GB", hour12: false };
  const span = ({ start, end }: Interval) =>
    `${formatDayTime(start, reader)} – ${formatDayTime(end, reader)}`;
  return {
    title: `Your shifts in ${schedule} changed: ${counts.join(", ")} before ${formatDayTime(until, reader)}`,
    lines: [
      ...listed("Now on call", gained, span),
      ...listed("No longer on call", lost, span),
      `Times are in ${timeZone}.`,
    ],
  };
}

function listed(what: string, spans: readonly Interval[], write: (span: Interval) => string): string[] {
  const rest = spans.length - MOST_LINES;
  return [
    ...spans.slice(0, MOST_LINES).map((span) => `${what}: ${write(span)}`),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
}
