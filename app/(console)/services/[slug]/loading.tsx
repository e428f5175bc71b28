import { CardSkeleton } from "#components/ui/skeleton";

export default function ServiceLoading() {
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-[2fr_1fr]">
      <CardSkeleton lines={6} />
      <CardSkeleton lines={4} />
    </div>
  );
}
