import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function NotificationLogLoading() {
  return (
    <>
      <PageHeader title="Notification log" />
      <TableSkeleton rows={10} columns={4} />
    </>
  );
}
