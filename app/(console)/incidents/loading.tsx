import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function IncidentsLoading() {
  return (
    <>
      <PageHeader title="Incidents" />
      <TableSkeleton rows={12} columns={6} />
    </>
  );
}
