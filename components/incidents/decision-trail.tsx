import { PageSends } from "#components/incidents/page-sends";
import { TraceSteps } from "#components/services/trace-steps";
import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import type { Trail } from "#lib/incidents/client";
import { REASON_WORDS } from "#lib/notifications/delivery-words";

/** Why one person was paged about the incident, or why not: every decision from the event to the last send. */
export function DecisionTrail({ trail }: { trail: Trail }) {
  const { person, incident, event, course, pages, whyNot } = trail;
  const wasPaged = pages.length > 0;
  return (
    <Card
      title={wasPaged ? `Why ${person.name} was paged` : `Why ${person.name} was not paged`}
      subtitle={`#${incident.number} ${incident.title}`}
      actions={<TextLink href={`/incidents/${incident.number}/notifications`}>Everybody</TextLink>}
    >
      <div className="flex flex-col gap-5">
        {whyNot.map(({ sentence, because, at }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the reasons never change their order
          <Callout key={index} tone="info" title={sentence}>
            {because}
            {at === null ? null : (
              <>
                {" "}
                <Time at={at} format="date-time" />
              </>
            )}
          </Callout>
        ))}
        {event.alert === null ? null : (
          <section aria-label="Event">
            <h3 className="mb-1 text-body font-medium">Event and rule</h3>
            <p className="text-table text-text-2">
              <Time at={event.alert.at} format="date-time" /> <bdi>{event.alert.summary}</bdi>
            </p>
            {event.trace.length === 0 ? (
              <p className="text-table text-text-3">
                How it was judged is not known: the event is past its retention.
              </p>
            ) : (
              <TraceSteps trace={event.trace} label="How the event was judged" />
            )}
          </section>
        )}
        <section aria-label="Escalation">
          <h3 className="mb-1 text-body font-medium">Policy and levels</h3>
          <ol className="flex flex-col gap-1 text-table">
            {course.map(({ at, sentence }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- what happened never changes its order
              <li key={index} className="grid grid-cols-[88px_minmax(0,1fr)] gap-2">
                <span className="tabular text-text-3">
                  <Time at={at} format="clock" />
                </span>
                <bdi>{sentence}</bdi>
              </li>
            ))}
          </ol>
        </section>
        {pages.map((page) => (
          <section key={page.id} aria-label={`Page: ${REASON_WORDS[page.reason]}`}>
            <h3 className="mb-1 text-body font-medium">
              Paged <Time at={page.createdAt} format="clock" />: {REASON_WORDS[page.reason]}
              {page.level === null ? "" : `, level ${page.level}`}
            </h3>
            <TraceSteps trace={page.trace} label="Why this person, and by which ways" />
            <div className="mt-2">
              <PageSends deliveries={page.deliveries} />
            </div>
          </section>
        ))}
      </div>
    </Card>
  );
}
