import { CardSkeleton } from "#components/ui/skeleton";

export default function MeLoading() {
  return <CardSkeleton lines={6} />;
}
