import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import type { PersonShift } from "#lib/on-call/client";

const SHOWN = 4;

/** The viewer's own current and coming shifts across all schedules. */
export function MyShifts({ shifts, now }: { shifts: readonly PersonShift[]; now: number }) {
  return (
    <Card
      title="My shifts"
      subtitle={shifts.length === 0 ? undefined : `Next ${SHOWN}, in your time`}
      className="mb-4"
    >
      {shifts.length === 0 ? (
        <p className="text-body text-text-2">You are not on call in the next 60 days.</p>
      ) : (
        <ol className="grid gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-4">
          {shifts.slice(0, SHOWN).map(({ schedule, start, end, source }) => (
            <li
              key={`${schedule.id} ${start}`}
              className="flex min-w-0 flex-col gap-0.5 border-l-3 border-accent pl-3"
            >
              <span className="flex flex-wrap items-center gap-2">
                <TextLink tone="quiet" href={`/schedules/${schedule.slug}`} className="font-medium">
                  {schedule.name}
                </TextLink>
                {Date.parse(start) <= now ? <Badge hue="blue">now</Badge> : null}
                {source.kind === "override" ? <Badge form="outline">⟂ override</Badge> : null}
              </span>
              <span className="text-table text-text-2">
                <Time at={start} format="date-time" /> –{" "}
                {end === null ? "no end" : <Time at={end} format="date-time" />}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
