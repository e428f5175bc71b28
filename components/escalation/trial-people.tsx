import { TriangleAlert } from "lucide-react";
import { LocalTime } from "#components/on-call/local-time";
import { cn } from "#components/ui/class-name";
import { PersonChip } from "#components/ui/person-chip";
import type { Step } from "#lib/escalation/client";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { formatDuration } from "#lib/time/format";

type Person = Step["people"][number];

const MINUTE = 60_000;

/** Who is told at one step, why, and what goes out to them when; what an escalation overtakes is struck through. */
export function TrialPeople({ people, at }: Pick<Step, "people" | "at">) {
  return (
    <ul className="mt-0.5 flex flex-col gap-1.5">
      {people.map((person) => (
        <li key={`${person.reason} ${person.user.id}`}>
          <p className="flex flex-wrap items-center gap-x-2">
            <PersonChip person={person.user} href={`/people/${person.user.id}`} className="font-medium" />
            <LocalTime zone={person.user.timeZone} at={at} />
            {person.reason === "told" || person.reason === "nobody_answered" ? (
              <span className="text-meta font-medium text-text-2">only told</span>
            ) : null}
            <span className="text-meta text-text-3">{person.because}</span>
            {person.isReachable ? null : (
              <span className="flex items-center gap-1 text-meta text-status-amber-fg">
                <TriangleAlert aria-hidden className="size-3.5" />
                only by the account’s e-mail
              </span>
            )}
          </p>
          <Sends deliveries={person.deliveries} />
        </li>
      ))}
    </ul>
  );
}

function Sends({ deliveries }: Pick<Person, "deliveries">) {
  if (deliveries.length === 0) return <p className="text-table text-text-2">Their rules send nothing.</p>;
  return (
    <ul aria-label="Sends" className="mt-0.5 flex flex-wrap gap-x-3 gap-y-0.5 text-table text-text-2">
      {deliveries.map(({ channel, address, minute, cancelledAtMinute }) => (
        <li key={`${channel} ${address} ${minute}`} title={address}>
          <span className={cn(cancelledAtMinute !== null && "line-through")}>
            {CHANNEL_NAMES[channel]}{" "}
            <span className="tabular">
              {minute === 0 ? "at once" : `at ${formatDuration(minute * MINUTE)}`}
            </span>
          </span>
          {cancelledAtMinute === null ? null : (
            <span className="text-status-amber-fg"> never: moved on by then</span>
          )}
        </li>
      ))}
    </ul>
  );
}
