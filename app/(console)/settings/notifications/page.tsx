import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { LogFilters } from "#components/settings/log-filters";
import { LogList } from "#components/settings/log-list";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { pageParameters } from "#lib/http/page-parameters";
import { logHref, logQuery, parseLogView } from "#lib/notifications/log-filter";
import { searchNotificationLog } from "#lib/notifications/queries/deliveries";
import { listUsers } from "#lib/people/queries/users";

export const metadata: Metadata = { title: "Notification log" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NotificationLogPage({ searchParams }: Props) {
  const [ctx, asked] = await Promise.all([requireContext(), searchParams]);
  const view = parseLogView(pageParameters(asked));
  const filter = logQuery(view);
  const [page, { users }] = await Promise.all([
    searchNotificationLog(ctx, filter),
    listUsers(ctx, { state: "all" }),
  ]);
  const named = page.deliveries.find(({ incident }) => incident?.id === view.incident)?.incident;
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <>
      <LiveRefresh entities={["page"]} />
      <PageHeader
        title="Notification log"
        description="Why was I paged, or not? Every send with each station it reached. Addresses are masked."
      >
        <LogFilters
          view={view}
          people={users}
          incident={view.incident === null ? null : named ? `#${named.number}` : view.incident}
        />
      </PageHeader>
      {page.deliveries.length === 0 ? (
        <EmptyState
          kind={isFiltered ? "filtered" : "all-clear"}
          title={isFiltered ? "No messages match." : "Nobody was notified yet."}
          actions={isFiltered ? <ButtonLink href="/settings/notifications">Show all</ButtonLink> : undefined}
        >
          {isFiltered
            ? "If somebody should have been paged, look at the incident: its “Pages” say who was chosen and why."
            : "Each page and each test shows here with every state that it was in."}
        </EmptyState>
      ) : (
        <LogList
          key={`${logHref(view)} ${page.deliveries[0]?.id ?? ""}`}
          query={new URLSearchParams(filter).toString()}
          initial={page}
        />
      )}
    </>
  );
}
