import { CoverDialog } from "#components/schedules/cover-dialog";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import type { PersonShift } from "#lib/on-call/client";

const SHOWN = 4;

interface MyShiftsProps {
  shifts: readonly PersonShift[];
  now: number;
  /** Null: may not ask for cover. */
  viewerId: string | null;
}

/** The viewer's own current and coming shifts across all schedules. */
export function MyShifts({ shifts, now, viewerId }: MyShiftsProps) {
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
          {shifts.slice(0, SHOWN).map(({ schedule, start, end, source, fromLocal, untilLocal }) => (
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
              {viewerId === null || Date.parse(start) <= now ? null : (
                <span className="mt-1">
                  <CoverDialog schedule={schedule} viewerId={viewerId} initial={{ fromLocal, untilLocal }} />
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
