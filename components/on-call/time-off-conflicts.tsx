import { CoverDialog } from "#components/schedules/cover-dialog";
import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import { TextLink } from "#components/ui/link";
import type { TimeOff } from "#lib/on-call/client";

interface TimeOffConflictsProps {
  conflicts: TimeOff["conflicts"];
  /** Null: may not ask for cover. */
  viewerId: string | null;
}

/** The shifts that fall into time off: the person stays on call until somebody else is. */
export function TimeOffConflicts({ conflicts, viewerId }: TimeOffConflictsProps) {
  if (conflicts.length === 0) return null;
  const count = conflicts.length === 1 ? "a shift" : `${conflicts.length} shifts`;
  return (
    <Callout tone="warning" title={`You are on call while away: ${count}`}>
      <p>You stay on call until somebody takes over.</p>
      <ul className="mt-2 flex flex-col gap-2">
        {conflicts.map(({ schedule, startsAt, endsAt, fromLocal, untilLocal }) => (
          <li key={`${schedule.id} ${startsAt}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <TextLink href={`/schedules/${schedule.slug}`}>{schedule.name}</TextLink>
            <span>
              <Time at={startsAt} format="date-time" /> – <Time at={endsAt} format="date-time" />
            </span>
            {viewerId === null ? null : (
              <CoverDialog schedule={schedule} viewerId={viewerId} initial={{ fromLocal, untilLocal }} />
            )}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
