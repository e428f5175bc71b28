"use client";

import { useQuery } from "@tanstack/react-query";
import { OutcomeBadge } from "#components/alerts/outcome-badge";
import { AlertSeverityLabel } from "#components/incidents/alert-severity";
import { EventRow } from "#components/services/event-row";
import { Time } from "#components/time/time";
import { ErrorState } from "#components/ui/error-state";
import { Fact, Facts } from "#components/ui/facts";
import { TextLink } from "#components/ui/link";
import { PeekPanel } from "#components/ui/peek-panel";
import { CardSkeleton } from "#components/ui/skeleton";
import type { Peek } from "#components/ui/use-peek";
import { alertOptions } from "#lib/alerts/client";
import { alertsHref, EVERY_ALERT } from "#lib/alerts/filter";
import { ACTED_NAMES, SAID_NAMES, STATUS_NAMES } from "#lib/alerts/filter-words";
import type { AlertDetailDto, AlertRowDto } from "#lib/alerts/schemas";
import type { ReceivedEvent } from "#lib/events/client";

/** One alert beside the list: what it is, what became of it and why, with the decisions on each of its events. */
export function AlertPeek({ peek }: { peek: Peek<AlertRowDto> }) {
  return peek.key === null ? null : <OpenPeek key={peek.key} alertId={peek.key} peek={peek} />;
}

function OpenPeek({ alertId, peek }: { alertId: string; peek: Peek<AlertRowDto> }) {
  const { data, error, refetch } = useQuery(alertOptions(alertId));
  const row = data?.alert ?? peek.row;
  return (
    <PeekPanel peek={peek} size="large" title={<bdi>{row?.summary ?? "Alert"}</bdi>}>
      <div className="flex flex-col gap-4">
        {row === undefined ? null : (
          <p className="flex flex-wrap items-center gap-2 text-table">
            <OutcomeBadge outcome={row.outcome} />
            <AlertSeverityLabel severity={row.severity} />
            <span className="text-text-2">{STATUS_NAMES[row.status]}</span>
          </p>
        )}
        {data === undefined ? (
          error === null ? (
            <CardSkeleton lines={8} />
          ) : (
            <ErrorState title={error.message} onRetry={() => void refetch()} />
          )
        ) : (
          <>
            <AlertFacts alert={data.alert} />
            <Events events={data.events} />
          </>
        )}
      </div>
    </PeekPanel>
  );
}

function Events({ events }: { events: readonly ReceivedEvent[] }) {
  return (
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
  );
}

function AlertFacts({ alert }: { alert: AlertDetailDto }) {
  return (
    <Facts>
      <Fact term="Service">
        <TextLink href={`/services/${alert.service.slug}`}>{alert.service.name}</TextLink>
      </Fact>
      <Fate alert={alert} />
      {alert.kind === null ? null : (
        <Fact term="Kind">
          <TextLink href={alertsHref({ ...EVERY_ALERT, kind: [alert.kind.id] }, { span: "30d" })}>
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
  const { incident, acted, said, held, grouped } = alert;
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
      {said === null ? null : <Fact term="Answers">{SAID_NAMES[said]}</Fact>}
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
