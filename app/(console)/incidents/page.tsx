import type { Metadata } from "next";
import { IncidentFilterBar } from "#components/incidents/incident-filter-bar";
import { IncidentList } from "#components/incidents/incident-list";
import { PageHeader } from "#components/layout/page-header";
import { StormBanners } from "#components/noise/storm-banner";
import { SaveLink } from "#components/reports/save-link";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink, TextLink } from "#components/ui/link";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { incidentFilterParameters, parseIncidentFilter } from "#lib/incidents/filter";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";
import { countViews } from "#lib/incidents/queries/list-counts";
import { listIncidents } from "#lib/incidents/queries/list-incidents";
import { INCIDENT_VIEWS } from "#lib/incidents/views";
import { listStorms } from "#lib/noise/queries/storms";
import { hasPermission } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Incidents" };

export default async function IncidentsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string>>;
}) {
  const [ctx, { peek, ...parameters }] = await Promise.all([requireContext(), searchParams]);
  // Without any parameter the page shows what is open: that is what people come for.
  const given = Object.keys(parameters).length > 0 ? parameters : { status: "open" };
  const { filter, ignored } = parseIncidentFilter(given);
  const openOnly = filter.status.length > 0 && !filter.status.includes("resolved");
  const sort = openOnly ? "act-now" : "newest";
  const [list, counts, choices, storms] = await Promise.all([
    listIncidents(ctx, { filter, sort, limit: 50 }),
    countViews(ctx),
    readFilterChoices(ctx),
    listStorms(ctx),
  ]);
  const query = incidentFilterParameters(filter).toString();
  const views = INCIDENT_VIEWS.map((view) => ({
    href: view.id === "all" ? "/incidents?status=open,closed" : `/incidents?${view.query}`,
    label: view.label,
    current:
      incidentFilterParameters(parseIncidentFilter(new URLSearchParams(view.query)).filter).toString() ===
      query,
    ...(counts.has(view.id) ? { count: counts.get(view.id) ?? 0 } : {}),
  }));
  const canRespond = hasPermission(ctx.actor.role, "incident.respond");
  const sentence = `${list.total} ${list.total === 1 ? "incident" : "incidents"}, ${sort === "act-now" ? "most urgent first" : "newest first"}.`;
  return (
    <>
      <PageHeader
        title="Incidents"
        description={sentence}
        actions={<SaveLink href={`/incidents?${query}`} />}
      >
        <SegmentedLinks label="Views" options={views} />
        <IncidentFilterBar key={query} filter={filter} choices={choices} ignored={ignored} />
      </PageHeader>
      <StormBanners storms={storms} canRespond={canRespond} />
      {list.rows.length === 0 ? (
        <NothingHere
          openOnly={query === "status=acknowledged,triggered" || query === "status=acknowledged%2Ctriggered"}
        />
      ) : (
        <IncidentList
          key={query}
          caption={sentence}
          query={`${query}${query ? "&" : ""}sort=${sort}&limit=50`}
          initial={list}
          canRespond={canRespond}
          peeked={peek ?? null}
        />
      )}
    </>
  );
}

function NothingHere({ openOnly }: { openOnly: boolean }) {
  if (openOnly) {
    return (
      <EmptyState
        kind="all-clear"
        title="No open incidents."
        actions={<ButtonLink href="/incidents?status=resolved">Resolved incidents</ButtonLink>}
      />
    );
  }
  return (
    <EmptyState kind="filtered" title="No incidents match these filters.">
      <TextLink href="/incidents">Clear all filters</TextLink>
    </EmptyState>
  );
}
