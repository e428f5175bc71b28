import { CardSkeleton, Skeleton } from "#components/ui/skeleton";

export default function ReportLoading() {
  return (
    <>
      <h1 className="sr-only">Report</h1>
      <div aria-hidden className="mb-4 flex flex-col gap-3">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-9 w-full" />
      </div>
      <div className="flex flex-col gap-5">
        <CardSkeleton lines={3} />
        <CardSkeleton lines={8} />
        <CardSkeleton lines={8} />
      </div>
    </>
  );
}
