"use client";

import { useQuery } from "@tanstack/react-query";
import { PageSends } from "#components/incidents/page-sends";
import { TraceSteps } from "#components/services/trace-steps";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { PersonChip } from "#components/ui/person-chip";
import { pagesOptions } from "#lib/incidents/client";
import type { PageDto } from "#lib/incidents/schemas";
import { REASON_WORDS } from "#lib/notifications/delivery-words";

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
            <div className="mt-3">
              <PageSends deliveries={page.deliveries} />
            </div>
          </Card>
        </li>
      ))}
    </ol>
  );
}
