import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { ActionList } from "#components/problems/action-list";
import { ProblemSections } from "#components/problems/problem-sections";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { PageLinks } from "#components/ui/page-links";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { ACTION_SHOWS, actionsHref, parseActionFilter } from "#lib/problems/action-filter";
import type { ActionShow } from "#lib/problems/action-filter";
import { readOffset } from "#lib/problems/offset";
import { countActions, listActions } from "#lib/problems/queries/actions";
import { listSuggestions } from "#lib/problems/queries/suggestions";
import { readWord } from "#lib/reports/report-filter";

export const metadata: Metadata = { title: "Corrective actions" };

const PAGE = 50;

const NAMES: Record<ActionShow, string> = {
  all: "All",
  open: "Open",
  overdue: "Overdue",
  done: "Done",
  dropped: "Dropped",
};

export default async function ActionsPage({ searchParams }: PageProps<"/problems/actions">) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const filter = parseActionFilter((key) => readWord(parameters, key));
  const offset = readOffset(readWord(parameters, "offset"));
  const [{ actions, total }, counts, suggestions] = await Promise.all([
    listActions(ctx, filter, { limit: PAGE, offset }),
    countActions(ctx),
    listSuggestions(ctx),
  ]);
  return (
    <>
      <LiveRefresh entities={["corrective_action"]} />
      <PageHeader
        title="Corrective actions"
        description={`${counts.open} open, ${counts.overdue} of them overdue, ${counts.all - counts.open} done or dropped.`}
      >
        <ProblemSections suggestions={suggestions.length} />
        {counts.all === 0 ? null : (
          <SegmentedLinks
            label="Which actions"
            options={ACTION_SHOWS.map((show) => ({
              href: actionsHref({ show }),
              label: NAMES[show],
              count: counts[show],
              current: filter.show === show && filter.from === null && filter.to === null,
            }))}
          />
        )}
      </PageHeader>
      {counts.all === 0 ? (
        <EmptyState kind="first-use" title="No action is noted yet.">
          Actions come from problems and from post-incident reviews: what will be done, by whom, until when.
        </EmptyState>
      ) : total === 0 ? (
        <EmptyState
          kind="filtered"
          title="No action matches"
          actions={<ButtonLink href="/problems/actions">All actions</ButtonLink>}
        />
      ) : (
        <Card>
          <ActionList
            actions={actions}
            canRespond={hasPermission(ctx.actor.role, "incident.respond")}
            showHome
          />
          <PageLinks
            offset={offset}
            shown={actions.length}
            total={total}
            pageSize={PAGE}
            noun="actions"
            hrefOf={(next) => actionsHref(filter, next)}
          />
        </Card>
      )}
    </>
  );
}
