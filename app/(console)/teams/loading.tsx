import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function TeamsLoading() {
  return (
    <>
      <PageHeader title="Teams" />
      <TableSkeleton rows={12} columns={5} />
    </>
  );
}
