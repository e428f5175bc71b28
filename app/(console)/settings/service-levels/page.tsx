import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { LevelDialog } from "#components/service-levels/level-dialog";
import { LevelList } from "#components/service-levels/level-list";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { listServiceLevelPolicies } from "#lib/service-levels/queries/policies";

export const metadata: Metadata = { title: "Service levels" };

export default async function ServiceLevelsPage() {
  const ctx = await requireContext();
  const levels = await listServiceLevelPolicies(ctx);
  const mayChange = hasPermission(ctx.actor.role, "configure");
  const create = mayChange ? <LevelDialog /> : undefined;
  return (
    <>
      <LiveRefresh entities={["service_level"]} />
      <PageHeader
        title="Service levels"
        description="What is promised about incidents: within which time, and how often it must be kept."
        actions={create}
      />
      {levels.length === 0 ? (
        <EmptyState kind="first-use" title="Nothing is promised yet." actions={create}>
          A service level says, for example, that nine of ten P1 incidents are acknowledged within five
          minutes. Incidents then show how much time is left, and those who have them are told before it runs
          out.
        </EmptyState>
      ) : (
        <>
          <LevelList levels={levels} mayChange={mayChange} />
          <p className="mt-3 text-table">
            <TextLink href="/reports/sla">How well they are kept</TextLink>
          </p>
        </>
      )}
    </>
  );
}
