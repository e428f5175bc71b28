import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function ProblemsLoading() {
  return (
    <>
      <PageHeader title="Problems" />
      <TableSkeleton rows={10} columns={5} />
    </>
  );
}
