import { PageHeader } from "#components/layout/page-header";
import { CardSkeleton } from "#components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="Escalation policy" />
      <div className="grid gap-4 lg:grid-cols-2">
        <CardSkeleton lines={8} />
        <CardSkeleton lines={8} />
      </div>
    </>
  );
}
