import { PageHeader } from "#components/layout/page-header";
import { CardSkeleton } from "#components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="On call now" />
      <div className="flex flex-col gap-4">
        <CardSkeleton lines={4} />
        <CardSkeleton lines={4} />
      </div>
    </>
  );
}
