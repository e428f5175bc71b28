import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function ServicesLoading() {
  return (
    <>
      <PageHeader title="Services" />
      <TableSkeleton rows={14} columns={7} />
    </>
  );
}
