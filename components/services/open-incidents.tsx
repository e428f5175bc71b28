"use client";

import { useQuery } from "@tanstack/react-query";
import { IncidentTable } from "#components/incidents/incident-table";
import { useLiveChanges } from "#components/live/live-connection";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { RowNavigation } from "#components/ui/row-navigation";
import { callApi } from "#lib/browser/api";
import type { IncidentListDto } from "#lib/incidents/schemas";

interface OpenIncidentsProps {
  /** The list's query string. */
  query: string;
  /** The same list on its own page. */
  href: string;
  initial: IncidentListDto;
  /** When the last one opened; null: never. Left out where nobody asks that. */
  lastIncidentAt?: string | null;
}

/** The open incidents of something, live. */
export function OpenIncidents({ query, href, initial, lastIncidentAt }: OpenIncidentsProps) {
  const { data, refetch } = useQuery({
    queryKey: ["incidents", "open", query],
    queryFn: ({ signal }) => callApi<IncidentListDto>("GET", `/api/ui/incidents?${query}`, undefined, signal),
    initialData: initial,
  });
  useLiveChanges((change) => {
    if (change === "everything" || change.entityType === "incident") void refetch();
  });
  return (
    <Card
      flush
      title="Open incidents"
      actions={<TextLink href={href}>{data.total > data.rows.length ? `All ${data.total}` : "All"}</TextLink>}
    >
      {data.rows.length === 0 ? (
        <EmptyState kind="all-clear" title="No open incidents.">
          {lastIncidentAt === undefined ? undefined : lastIncidentAt === null ? (
            "It never had one."
          ) : (
            <>
              The last one opened <Time at={lastIncidentAt} />.
            </>
          )}
        </EmptyState>
      ) : (
        <RowNavigation>
          <IncidentTable caption="Open incidents" rows={data.rows} />
        </RowNavigation>
      )}
    </Card>
  );
}
