import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function OutboxLoading() {
  return (
    <>
      <PageHeader title="Outbox" />
      <TableSkeleton rows={10} columns={4} />
    </>
  );
}
