import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function OrganisationLoading() {
  return (
    <>
      <PageHeader title="Organisation" />
      <TableSkeleton rows={10} columns={4} />
    </>
  );
}
