import { CardSkeleton } from "#components/ui/skeleton";

export default function ConsoleLoading() {
  return (
    <div className="flex flex-col gap-4">
      <CardSkeleton lines={2} />
      <CardSkeleton lines={8} />
    </div>
  );
}
