import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { IntakeErrorList } from "#components/settings/intake-error-list";
import { ReplayAll } from "#components/settings/replay-all";
import { EmptyState } from "#components/ui/empty-state";
import { Forbidden } from "#components/ui/forbidden";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { listIntakeErrors } from "#lib/events/queries/intake-errors";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Intake errors" };

type Props = { searchParams: Promise<{ state?: string | string[] }> };

export default async function IntakeErrorsPage({ searchParams }: Props) {
  const [ctx, asked] = await Promise.all([requireContext(), searchParams]);
  if (!hasPermission(ctx.actor.role, "configure")) {
    return <Forbidden what="Intake errors" role={leastRoleWith("configure")} grantedBy="An admin" />;
  }
  const open = asked.state !== "all";
  const page = await listIntakeErrors(ctx, { open });
  return (
    <>
      <LiveRefresh entities={["integration"]} />
      <PageHeader
        title="Intake errors"
        description="What came with a valid key but could not be understood. Nothing is thrown away."
        actions={open && page.errors.length > 0 ? <ReplayAll /> : undefined}
      >
        <SegmentedLinks
          label="Which errors"
          options={[
            { href: "/settings/intake-errors", label: "To do", current: open },
            { href: "/settings/intake-errors?state=all", label: "All", current: !open },
          ]}
        />
      </PageHeader>
      {page.errors.length === 0 ? (
        <EmptyState
          kind="all-clear"
          title={open ? "Everything that arrived was understood." : "Nothing here."}
        />
      ) : (
        <IntakeErrorList key={`${open} ${page.errors[0]?.id ?? ""}`} query={`open=${open}`} initial={page} />
      )}
    </>
  );
}
