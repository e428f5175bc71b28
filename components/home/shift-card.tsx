import { PhoneCall } from "lucide-react";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";

export interface OwnShift {
  schedule: { name: string; slug: string };
  start: string;
  end: string | null;
}

/** The viewer's shifts: running ones, then the next. */
export function ShiftCard({ shifts, now }: { shifts: readonly OwnShift[]; now: string }) {
  const running = shifts.filter((shift) => shift.start <= now);
  const next = shifts.find((shift) => shift.start > now);
  return (
    <Card title="On call">
      {running.length === 0 && !next ? (
        <p className="text-body text-text-2">You are in no schedule for the next 60 days.</p>
      ) : null}
      <ul className="flex flex-col gap-2 text-body">
        {running.map((shift) => (
          <li key={`${shift.schedule.slug}-${shift.start}`} className="flex gap-2">
            <PhoneCall aria-hidden className="mt-0.5 size-4 shrink-0 text-status-green-fg" />
            <span>
              <span className="font-medium">You are on call</span>:{" "}
              <TextLink tone="quiet" href={`/schedules/${shift.schedule.slug}`}>
                {shift.schedule.name}
              </TextLink>
              {shift.end ? (
                <>
                  {" "}
                  until <Time at={shift.end} format="date-time" />
                </>
              ) : null}
            </span>
          </li>
        ))}
        {next ? (
          <li className="text-text-2">
            Next:{" "}
            <TextLink tone="quiet" href={`/schedules/${next.schedule.slug}`}>
              {next.schedule.name}
            </TextLink>{" "}
            from <Time at={next.start} format="date-time" />
          </li>
        ) : null}
      </ul>
    </Card>
  );
}
