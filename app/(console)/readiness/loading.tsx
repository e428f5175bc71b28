import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function ReadinessLoading() {
  return (
    <>
      <PageHeader title="Readiness" />
      <TableSkeleton rows={10} columns={6} />
    </>
  );
}
