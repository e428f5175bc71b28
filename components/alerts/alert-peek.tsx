"use client";

import { useRouter } from "next/navigation";
import { OutcomeBadge } from "#components/alerts/outcome-badge";
import { AlertSeverityLabel } from "#components/incidents/alert-severity";
import { EventRow } from "#components/services/event-row";
import { Time } from "#components/time/time";
import { Dialog } from "#components/ui/dialog";
import { Fact, Facts } from "#components/ui/facts";
import { TextLink } from "#components/ui/link";
import { ACTED_NAMES, STATUS_NAMES } from "#lib/alerts/filter-words";
import type { AlertDetailDto } from "#lib/alerts/schemas";
import type { ReceivedEvent } from "#lib/events/client";

interface AlertPeekProps {
  alert: AlertDetailDto;
  /** Its newest events; those that are not kept any more are missing. */
  events: readonly ReceivedEvent[];
  /** The explorer with this kind alone; null: it is of no kind. */
  kindHref: string | null;
  /** The list without this panel. */
  closeHref: string;
}

/** One alert beside the list: what it is, what became of it and why, with the decisions on each of its events. */
export function AlertPeek({ alert, events, kindHref, closeHref }: AlertPeekProps) {
  const router = useRouter();
  return (
    <Dialog
      title={<bdi>{alert.summary}</bdi>}
      placement="side"
      size="large"
      open
      onOpenChange={(open) => {
        if (!open) router.replace(closeHref, { scroll: false });
      }}
    >
      <div className="flex flex-col gap-4">
        <p className="flex flex-wrap items-center gap-2 text-table">
          <OutcomeBadge outcome={alert.outcome} />
          <AlertSeverityLabel severity={alert.severity} />
          <span className="text-text-2">{STATUS_NAMES[alert.status]}</span>
        </p>
        <AlertFacts alert={alert} kindHref={kindHref} />
        <section aria-labelledby="peek-events" className="flex flex-col gap-2">
          <h3 id="peek-events" className="text-body font-semibold">
            Events and what was decided about each
          </h3>
          {events.length === 0 ? (
            <p className="text-body text-text-2">
              None is kept: events are stored for a time only, alerts for good.
            </p>
          ) : (
            <ul className="rounded-card border">
              {events.map((event, index) => (
                <EventRow key={event.id} event={event} open={index === 0} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </Dialog>
  );
}

function AlertFacts({ alert, kindHref }: { alert: AlertDetailDto; kindHref: string | null }) {
  return (
    <Facts>
      <Fact term="Service">
        <TextLink href={`/services/${alert.service.slug}`}>{alert.service.name}</TextLink>
      </Fact>
      <Fate alert={alert} />
      {alert.kind === null || kindHref === null ? null : (
        <Fact term="Kind">
          <TextLink href={kindHref}>
            <bdi>{alert.kind.text}</bdi>
          </TextLink>
        </Fact>
      )}
      <Fact term="Events">{alert.events.toLocaleString("en")}</Fact>
      <Fact term="Opened">
        <Time at={alert.createdAt} format="date-time" />
      </Fact>
      <Fact term="Ended">
        {alert.resolvedAt === null ? "Not yet" : <Time at={alert.resolvedAt} format="date-time" />}
      </Fact>
      <Fact term="Source">{alert.source}</Fact>
      {labelsOf(alert).map(([term, value]) => (
        <Fact key={term} term={term}>
          {value}
        </Fact>
      ))}
      <Fact term="Key">
        <code className="font-mono text-table break-all">{alert.dedupKey}</code>
      </Fact>
    </Facts>
  );
}

function Fate({ alert }: { alert: AlertDetailDto }) {
  const { incident, acted, held, grouped } = alert;
  return (
    <>
      <Fact term="Incident">
        {incident === null ? (
          "None"
        ) : (
          <TextLink href={`/incidents/${incident.number}`}>#{incident.number}</TextLink>
        )}
        {acted === null ? "" : ` · ${ACTED_NAMES[acted].toLowerCase()}`}
      </Fact>
      {held === null ? null : (
        <Fact term="Held back">
          <bdi>{held.because}</bdi>
          {held.until === null ? null : (
            <>
              {" "}
              until <Time at={held.until} format="date-time" />
            </>
          )}
        </Fact>
      )}
      {grouped === null ? null : (
        <Fact term="Grouping">
          <bdi>{grouped}</bdi>
        </Fact>
      )}
    </>
  );
}

/** What only some alerts have. */
function labelsOf(alert: AlertDetailDto): (readonly [string, string])[] {
  const labels = [
    ["Component", alert.component],
    ["Group", alert.group],
    ["Class", alert.class],
    ["Tags", alert.tags.length === 0 ? null : alert.tags.join(", ")],
    ["Integration", alert.integration?.name ?? null],
  ] as const;
  return labels.flatMap(([term, value]) => (value === null ? [] : [[term, value] as const]));
}
