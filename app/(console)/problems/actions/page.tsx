import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { ActionList } from "#components/problems/action-list";
import { ProblemSections } from "#components/problems/problem-sections";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { listActions } from "#lib/problems/queries/actions";
import { listSuggestions } from "#lib/problems/queries/suggestions";

export const metadata: Metadata = { title: "Corrective actions" };

export default async function ActionsPage() {
  const ctx = await requireContext();
  const [{ actions }, suggestions] = await Promise.all([listActions(ctx), listSuggestions(ctx)]);
  const open = actions.filter(({ endedAt }) => endedAt === null);
  const overdue = open.filter(({ isOverdue }) => isOverdue).length;
  return (
    <>
      <LiveRefresh entities={["corrective_action"]} />
      <PageHeader
        title="Corrective actions"
        description={`${open.length} open, ${overdue} of them overdue, ${actions.length - open.length} done or dropped.`}
      >
        <ProblemSections suggestions={suggestions.length} />
      </PageHeader>
      {actions.length === 0 ? (
        <EmptyState kind="first-use" title="No action is noted yet.">
          Actions come from problems and from post-incident reviews: what will be done, by whom, until when.
        </EmptyState>
      ) : (
        <Card>
          <ActionList
            actions={actions}
            canRespond={hasPermission(ctx.actor.role, "incident.respond")}
            showHome
          />
        </Card>
      )}
    </>
  );
}
