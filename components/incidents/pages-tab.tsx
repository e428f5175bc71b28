"use client";

import { useQuery } from "@tanstack/react-query";
import { TraceSteps } from "#components/services/trace-steps";
import { Time } from "#components/time/time";
import { Badge, type Hue } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { PersonChip } from "#components/ui/person-chip";
import { pagesOptions } from "#lib/incidents/client";
import type { PageDto } from "#lib/incidents/schemas";
import { REASON_WORDS } from "#lib/notifications/delivery-words";
import type { DeliveryState } from "#lib/notifications/vocabulary";

const HUES: Record<DeliveryState, Hue> = {
  queued: "slate",
  sending: "blue",
  retrying: "amber",
  accepted: "blue",
  delivered: "green",
  acted: "green",
  failed: "red",
  cancelled: "slate",
  expired: "slate",
};

/** Every page with why this person, and every send with each of its states. */
export function PagesTab({ incidentId, initial }: { incidentId: string; initial: PageDto[] }) {
  const { data: pages } = useQuery({ ...pagesOptions(incidentId), initialData: initial });
  if (pages.length === 0) {
    return (
      <EmptyState kind="filtered" title="Nobody was paged about this incident.">
        Imported incidents and those taken by the person who declared them page nobody.
      </EmptyState>
    );
  }
  return (
    <ol className="flex flex-col gap-3">
      {pages.map((page) => (
        <li key={page.id}>
          <Card>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <PersonChip person={page.user} href={`/people/${page.user.id}`} />
              <span className="text-table text-text-3">
                {REASON_WORDS[page.reason]}
                {page.level ? `, level ${page.level}` : ""} · <Time at={page.createdAt} format="clock" />
              </span>
            </div>
            <div className="mt-2">
              <TraceSteps trace={page.trace} label="Why this person" />
            </div>
            <ul aria-label="Sends" className="mt-3 flex flex-col gap-2">
              {page.deliveries.map((delivery) => (
                <li key={delivery.id} className="text-table">
                  <span className="flex flex-wrap items-center gap-2">
                    <span className="font-medium">{delivery.channel}</span>
                    <span className="text-text-2">{delivery.address}</span>
                    <Badge hue={HUES[delivery.state]} form="outline">
                      {delivery.state}
                    </Badge>
                    {delivery.lastError ? (
                      <span className="text-status-red-fg">{delivery.lastError}</span>
                    ) : null}
                  </span>
                  <span className="mt-0.5 flex flex-wrap gap-x-3 text-meta text-text-3">
                    {delivery.states.map((entry, index) => (
                      <span key={`${entry.state}-${index}`}>
                        {entry.state} <Time at={entry.at} format="clock" />
                        {entry.detail ? `: ${entry.detail}` : ""}
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        </li>
      ))}
    </ol>
  );
}
