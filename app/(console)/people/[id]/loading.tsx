import { CardSkeleton } from "#components/ui/skeleton";

export default function PersonLoading() {
  return <CardSkeleton lines={8} />;
}
