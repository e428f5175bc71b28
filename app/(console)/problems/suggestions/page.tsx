import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { ProblemSections } from "#components/problems/problem-sections";
import { SuggestionCard } from "#components/problems/suggestion-card";
import { EmptyState } from "#components/ui/empty-state";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { listSuggestions } from "#lib/problems/queries/suggestions";

export const metadata: Metadata = { title: "Suggested problems" };

export default async function SuggestionsPage() {
  const ctx = await requireContext();
  const suggestions = await listSuggestions(ctx);
  const canRespond = hasPermission(ctx.actor.role, "incident.respond");
  return (
    <>
      <LiveRefresh entities={["problem"]} />
      <PageHeader
        title="Suggested problems"
        description="Kinds of incidents and features that come at least three times, and twice as often as before, looked for once a day."
      >
        <ProblemSections suggestions={suggestions.length} />
      </PageHeader>
      {suggestions.length === 0 ? (
        <EmptyState kind="all-clear" title="Nothing recurs more than it used to.">
          What stands out from the eight windows before is proposed here with its evidence.
        </EmptyState>
      ) : (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          {suggestions.map((suggestion) => (
            <SuggestionCard key={suggestion.id} suggestion={suggestion} canRespond={canRespond} />
          ))}
        </div>
      )}
    </>
  );
}
