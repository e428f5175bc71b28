import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function APIKeysLoading() {
  return (
    <>
      <PageHeader title="API keys" />
      <TableSkeleton rows={10} columns={4} />
    </>
  );
}
