import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function PeopleLoading() {
  return (
    <>
      <PageHeader title="People" />
      <TableSkeleton rows={12} columns={5} />
    </>
  );
}
