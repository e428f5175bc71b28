import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function GroupingLoading() {
  return (
    <>
      <PageHeader title="Grouping across services" />
      <TableSkeleton rows={10} columns={4} />
    </>
  );
}
