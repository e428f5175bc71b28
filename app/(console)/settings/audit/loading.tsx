import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function AuditLogLoading() {
  return (
    <>
      <PageHeader title="Audit log" />
      <TableSkeleton rows={10} columns={4} />
    </>
  );
}
