import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import type { Person } from "#lib/people/client";

/** What a person is on call for right now. */
export function DutiesCard({ duties }: { duties: Person["duties"] }) {
  return (
    <Card title="On call now">
      {duties.length === 0 ? (
        <p className="text-body text-text-2">Not on call for anything right now.</p>
      ) : (
        <ul className="flex flex-col gap-2 text-body">
          {duties.map(({ policy, level, schedule }) => (
            <li key={`${policy.id} ${level} ${schedule?.id ?? ""}`}>
              <TextLink tone="quiet" href={`/escalation/${policy.slug}`} className="font-medium">
                {policy.name}
              </TextLink>{" "}
              <span className="text-table text-text-2">
                level {level}
                {schedule === null ? (
                  ", by name"
                ) : (
                  <>
                    , through{" "}
                    <TextLink tone="quiet" href={`/schedules/${schedule.slug}`} className="text-text-2">
                      {schedule.name}
                    </TextLink>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export interface ComingShift {
  start: string;
  end: string | null;
  schedule: { id: string; name: string; slug: string };
}

const SHOWN = 6;

/** The shifts that run or come, with when each begins and ends. */
export function ShiftsCard({ shifts }: { shifts: readonly ComingShift[] }) {
  return (
    <Card title="Shifts" subtitle="The next 60 days">
      {shifts.length === 0 ? (
        <p className="text-body text-text-2">In no schedule.</p>
      ) : (
        <ul className="flex flex-col gap-2 text-body">
          {shifts.slice(0, SHOWN).map(({ schedule, start, end }) => (
            <li key={`${schedule.id} ${start}`} className="flex flex-wrap justify-between gap-x-3">
              <TextLink
                tone="quiet"
                href={`/schedules/${schedule.slug}`}
                className="inline-flex min-h-6 items-center"
              >
                {schedule.name}
              </TextLink>
              <span className="text-table text-text-2">
                <Time at={start} format="date-time" />
                {end === null ? (
                  ", without end"
                ) : (
                  <>
                    {" "}
                    to <Time at={end} format="date-time" />
                  </>
                )}
              </span>
            </li>
          ))}
          {shifts.length > SHOWN ? (
            <li className="text-table text-text-3">and {shifts.length - SHOWN} more</li>
          ) : null}
        </ul>
      )}
    </Card>
  );
}
