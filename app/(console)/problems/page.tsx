import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { Money } from "#components/problems/money";
import { NewProblem } from "#components/problems/new-problem";
import { ProblemBoard } from "#components/problems/problem-board";
import { ProblemSections } from "#components/problems/problem-sections";
import { ProblemTable } from "#components/problems/problem-table";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";
import { hasPermission } from "#lib/people/permissions";
import { listProblems } from "#lib/problems/queries/problems";
import { listSuggestions } from "#lib/problems/queries/suggestions";

export const metadata: Metadata = { title: "Problems" };

export default async function ProblemsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, { view }] = await Promise.all([requireContext(), searchParams]);
  const [{ problems, rates }, suggestions, { services }] = await Promise.all([
    listProblems(ctx),
    listSuggestions(ctx),
    readFilterChoices(ctx),
  ]);
  const canRespond = hasPermission(ctx.actor.role, "incident.respond");
  const isTable = view === "table";
  const create = canRespond ? <NewProblem services={services} /> : null;
  const suggested = `${suggestions.length} ${suggestions.length === 1 ? "suggestion waits" : "suggestions wait"}.`;
  return (
    <>
      <LiveRefresh entities={["problem", "corrective_action"]} />
      <PageHeader
        title="Problems"
        description={`${problems.length} ${problems.length === 1 ? "cause" : "causes"} of incidents. ${suggested}`}
        actions={
          <>
            <SegmentedLinks
              label="View"
              options={[
                { href: "/problems", label: "Board", current: !isTable },
                { href: "/problems?view=table", label: "Table", current: isTable },
              ]}
            />
            {create}
          </>
        }
      >
        <ProblemSections suggestions={suggestions.length} />
      </PageHeader>
      {problems.length === 0 ? (
        <EmptyState
          kind="first-use"
          title="No problem is known yet."
          actions={
            <>
              {suggestions.length > 0 ? (
                <ButtonLink href="/problems/suggestions">Look at the suggestions</ButtonLink>
              ) : null}
              {create}
            </>
          }
        >
          A problem is the cause of incidents that keep coming. It gathers them, says what they cost, shows
          its workaround on the next one, and tells whether the fix held.
        </EmptyState>
      ) : isTable ? (
        <Card flush>
          <ProblemTable problems={problems} currency={rates.currency} />
        </Card>
      ) : (
        <ProblemBoard problems={problems} currency={rates.currency} canRespond={canRespond} />
      )}
      <p className="mt-3 text-meta text-text-3">
        Costs are estimates: hours of responders at{" "}
        <Money amount={rates.cost_per_hour} currency={rates.currency} />
        {rates.cost_per_impact_minute === 0 ? (
          "; minutes in which customers were affected cost nothing yet, since the settings give them no rate."
        ) : (
          <>
            , minutes in which customers were affected at{" "}
            <Money amount={rates.cost_per_impact_minute} currency={rates.currency} />.
          </>
        )}
      </p>
    </>
  );
}
