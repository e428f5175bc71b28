import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { AuditFilters } from "#components/settings/audit-filters";
import { AuditList } from "#components/settings/audit-list";
import { EmptyState } from "#components/ui/empty-state";
import { Forbidden } from "#components/ui/forbidden";
import { ButtonLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { pageParameters } from "#lib/http/page-parameters";
import { auditQuery, parseAuditFilter } from "#lib/organisation/audit-filter";
import { auditFacets, listAuditRecords } from "#lib/organisation/queries/audit-records";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Audit log" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  const [ctx, asked] = await Promise.all([requireContext(), searchParams]);
  if (!hasPermission(ctx.actor.role, "audit.read")) {
    return <Forbidden what="The audit log" role={leastRoleWith("audit.read")} grantedBy="An admin" />;
  }
  const view = parseAuditFilter(pageParameters(asked));
  const query = auditQuery(view);
  const [page, facets] = await Promise.all([listAuditRecords(ctx, view), auditFacets(ctx)]);
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change of the configuration: who, what, when and how. Nobody can edit it."
      >
        <AuditFilters view={view} facets={facets} />
      </PageHeader>
      {page.records.length === 0 ? (
        <EmptyState
          kind="filtered"
          title={query === "" ? "Nothing was changed yet." : "No changes match these filters."}
          actions={query === "" ? undefined : <ButtonLink href="/settings/audit">Show all</ButtonLink>}
        />
      ) : (
        <AuditList key={query} query={query} initial={page} />
      )}
    </>
  );
}
