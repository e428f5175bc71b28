import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { PolicyReadinessTable, ReadinessTable } from "#components/people/readiness-tables";
import { EmptyState } from "#components/ui/empty-state";
import { requireContext } from "#lib/auth/session";
import { readReadinessMatrix } from "#lib/people/queries/readiness-matrix";

export const metadata: Metadata = { title: "Readiness" };

export default async function ReadinessPage() {
  const ctx = await requireContext();
  const { people, policies } = await readReadinessMatrix(ctx);
  const ready = people.filter(({ readiness }) => readiness.state === "ready").length;
  const weak = policies.filter(({ readiness }) => readiness.state !== "ready").length;
  return (
    <>
      <LiveRefresh entities={["user", "team", "schedule", "escalation_policy"]} />
      <PageHeader
        title="Readiness"
        description={`People who can be paged at night: ${ready} of ${people.length}. Policies with a weak level right now: ${weak} of ${policies.length}.`}
      />
      {people.length === 0 ? (
        <EmptyState kind="first-use" title="Nobody can be paged yet.">
          Add people who may respond, and how to reach them.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-6">
          <PolicyReadinessTable policies={policies} />
          <ReadinessTable people={people} />
        </div>
      )}
    </>
  );
}
