import { Duration } from "#components/time/duration";
import { Time } from "#components/time/time";
import { Fact, Facts } from "#components/ui/facts";
import { phaseSpans } from "#lib/incidents/phases";
import type { ReviewFacts as ReviewFactsDto } from "#lib/reviews/schemas";

/** What the incident shows of itself: detection, phases, impact, and whom it paged. */
export function ReviewFacts({ facts }: { facts: ReviewFactsDto }) {
  const end = Date.parse(facts.resolvedAt ?? facts.createdAt);
  const impact = facts.customerImpact ? "affected" : "not affected";
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Facts>
        <Fact term="Detected by">{facts.detectionSource.replaceAll("_", " ")}</Fact>
        <Fact term="Customers">{facts.customerImpact === null ? "not known" : impact}</Fact>
        <Fact term="Started">
          <Time at={facts.startedAt} format="date-time" />
        </Fact>
        <Fact term="Resolved">
          {facts.resolvedAt === null ? "open" : <Time at={facts.resolvedAt} format="date-time" />}
        </Fact>
        <Fact term="Alerts">{facts.alertCount}</Fact>
        {phaseSpans(facts, end).map(({ label, milliseconds }) => (
          <Fact key={label} term={label}>
            {milliseconds === null ? "–" : <Duration milliseconds={milliseconds} />}
          </Fact>
        ))}
      </Facts>
      <div className="text-body">
        <h3 className="font-medium">Who was paged</h3>
        {facts.people.length === 0 ? <p className="text-text-2">Nobody.</p> : null}
        <ul className="mt-1 flex flex-col gap-1">
          {facts.people.map(({ name, pages, firstPagedAt, acknowledgedAt }) => (
            <li key={name}>
              {name}: {pages === 1 ? "one page" : `${pages} pages`} from{" "}
              <Time at={firstPagedAt} format="clock" />
              {acknowledgedAt === null ? (
                ", not acknowledged"
              ) : (
                <>
                  , acknowledged after <Duration milliseconds={sinceOf(firstPagedAt, acknowledgedAt)} />
                </>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function sinceOf(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
