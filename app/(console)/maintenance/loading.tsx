import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function MaintenanceLoading() {
  return (
    <>
      <PageHeader title="Maintenance" />
      <TableSkeleton rows={10} columns={4} />
    </>
  );
}
