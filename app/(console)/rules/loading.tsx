import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="Event rules" />
      <TableSkeleton rows={8} columns={4} />
    </>
  );
}
