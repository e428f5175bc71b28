import { LevelBadge } from "#components/service-levels/level-badge";
import { Card } from "#components/ui/card";
import type { IncidentLevelDto } from "#lib/service-levels/schemas";
import { METRIC_WORDS } from "#lib/service-levels/words";
import { formatDuration } from "#lib/time/format";

/** What is promised about an incident and how it stands. Nothing where nothing is. */
export function LevelsCard({ levels }: { levels: readonly IncidentLevelDto[] }) {
  if (levels.length === 0) return null;
  return (
    <Card title="Service levels">
      <ul className="flex flex-col gap-2 text-body">
        {levels.map((level) => (
          <li key={level.policyId} className="flex items-center justify-between gap-3">
            <span className="min-w-0">
              {METRIC_WORDS[level.metric].name} within{" "}
              <span className="whitespace-nowrap">{formatDuration(level.targetMs)}</span>
              <span className="block text-meta text-text-3">{level.name}</span>
            </span>
            <span className="shrink-0">
              <LevelBadge level={level} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
