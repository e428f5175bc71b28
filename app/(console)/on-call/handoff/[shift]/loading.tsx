import { PageHeader } from "#components/layout/page-header";
import { CardSkeleton } from "#components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="Hand-off" />
      <div className="flex flex-col gap-4">
        <CardSkeleton lines={3} />
        <CardSkeleton lines={6} />
      </div>
    </>
  );
}
