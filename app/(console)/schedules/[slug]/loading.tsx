import { PageHeader } from "#components/layout/page-header";
import { CardSkeleton, Skeleton } from "#components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="Schedule" />
      <Skeleton className="mb-4 h-20 w-full" />
      <CardSkeleton lines={6} />
    </>
  );
}
