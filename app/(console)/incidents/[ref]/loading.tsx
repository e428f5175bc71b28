import { CardSkeleton } from "#components/ui/skeleton";

export default function IncidentLoading() {
  return <CardSkeleton lines={8} />;
}
