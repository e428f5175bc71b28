import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import type { Gaps } from "#lib/escalation/client";

const SHOWN = 5;

/** When within 30 days incidents would reach nobody; nothing where there is no such time. */
export function CoverageCallout({ gaps }: { gaps: Gaps }) {
  const all = [
    ...gaps.uncovered.map((span) => ({ ...span, because: "nobody is on call at any level" })),
    ...gaps.unreachable.map((span) => ({ ...span, because: "only people are on call who can’t be reached" })),
  ].toSorted((a, b) => a.start.localeCompare(b.start));
  if (all.length === 0) return null;
  const times = all.length === 1 ? "1 time" : `${all.length} times`;
  return (
    <Callout tone="warning" title={`${times} in the next 30 days at which nobody would be paged`}>
      <ul className="flex flex-col gap-0.5">
        {all.slice(0, SHOWN).map(({ start, end, because }) => (
          <li key={`${start} ${because}`}>
            <Time at={start} format="date-time" card={false} /> to{" "}
            <Time at={end} format="date-time" card={false} />: {because}
          </li>
        ))}
      </ul>
      {all.length > SHOWN ? <p>And {all.length - SHOWN} more.</p> : null}
      <p>Incidents then go to the fallback. The team’s managers are told.</p>
    </Callout>
  );
}
