import { RemoveButton } from "#components/reports/saved/remove-button";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import type { ReportSnapshotDto } from "#lib/reports/schemas";

export function SnapshotList({ snapshots }: { snapshots: readonly ReportSnapshotDto[] }) {
  if (snapshots.length === 0) {
    return <EmptyState kind="first-use" title="Nothing is shared with people without an account." />;
  }
  return (
    <ul className="flex flex-col divide-y">
      {snapshots.map((snapshot) => (
        <li key={snapshot.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
          <span className="min-w-0">
            <span className="flex flex-wrap items-center gap-2">
              {snapshot.state === "active" ? (
                <TextLink href={snapshot.href} prefetch={false} className="font-medium">
                  {snapshot.title}
                </TextLink>
              ) : (
                <span className="font-medium">{snapshot.title}</span>
              )}
              <Badge hue={snapshot.state === "active" ? "green" : "slate"} form="outline">
                {snapshot.state}
              </Badge>
            </span>
            <span className="block text-meta text-text-3">{snapshot.subtitle}</span>
            <span className="block text-meta text-text-3">
              By {snapshot.owner}, <Time at={snapshot.createdAt} format="date-time" />; until{" "}
              <Time at={snapshot.expiresAt} format="date-time" />
            </span>
          </span>
          {snapshot.state === "active" ? (
            <RemoveButton kind="snapshot" id={snapshot.id} name={`${snapshot.title} snapshot`} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
