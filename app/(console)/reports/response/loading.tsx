import { PageHeader } from "#components/layout/page-header";
import { CardSkeleton } from "#components/ui/skeleton";

export default function ResponseReportLoading() {
  return (
    <>
      <PageHeader title="Response" />
      <div className="flex flex-col gap-5">
        <CardSkeleton lines={3} />
        <CardSkeleton lines={8} />
        <CardSkeleton lines={8} />
      </div>
    </>
  );
}
