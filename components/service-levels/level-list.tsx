import { LevelDialog } from "#components/service-levels/level-dialog";
import { RemoveLevel } from "#components/service-levels/remove-level";
import { tierLabel } from "#components/services/tier-badge";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { ServiceLevelPolicyDto } from "#lib/service-levels/schemas";
import { METRIC_WORDS } from "#lib/service-levels/words";
import { formatDuration } from "#lib/time/format";

interface LevelListProps {
  levels: readonly ServiceLevelPolicyDto[];
  mayChange: boolean;
}

/** Everything that is promised, with its targets. */
export function LevelList({ levels, mayChange }: LevelListProps) {
  return (
    <Card flush>
      <Table caption="Service levels">
        <TableHead>
          <HeaderCell>Service level</HeaderCell>
          <HeaderCell>Targets</HeaderCell>
          <HeaderCell className="max-sm:hidden">Goal</HeaderCell>
          {mayChange ? <HeaderCell hiddenLabel="Actions" /> : null}
        </TableHead>
        <tbody>
          {levels.map((level) => (
            <TableRow key={level.id}>
              <Cell className="py-2 align-top">
                <span className="flex flex-wrap items-center gap-2">
                  <span className="font-medium">{level.name}</span>
                  {level.isRestating ? (
                    <Badge hue="slate" form="outline">
                      past being measured
                    </Badge>
                  ) : null}
                </span>
                <span className="block text-meta text-text-3">
                  {METRIC_WORDS[level.metric].name},{" "}
                  {level.calendar === "always" ? "around the clock" : "in the service’s support hours"}
                  {level.pausesWhileSnoozed ? ", pauses while snoozed" : ""}
                  <span className="sm:hidden">; goal {level.goalPercent} %</span>
                </span>
              </Cell>
              <Cell className="py-2 align-top whitespace-normal">
                <ul>
                  {level.targets.map((target) => (
                    <li key={`${target.priority}/${target.tier}`}>
                      <span className="tabular whitespace-nowrap">
                        {formatDuration(target.minutes * 60_000)}
                      </span>{" "}
                      <span className="text-text-2">{kindWords(target)}</span>
                    </li>
                  ))}
                </ul>
              </Cell>
              <Cell className="tabular py-2 align-top max-sm:hidden">{level.goalPercent} %</Cell>
              {mayChange ? (
                <Cell className="py-2 text-right align-top">
                  <span className="inline-flex gap-2 max-sm:flex-col">
                    <LevelDialog level={level} />
                    <RemoveLevel level={level} />
                  </span>
                </Cell>
              ) : null}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

/** "P1 on tier 1 services". */
function kindWords({ priority, tier }: ServiceLevelPolicyDto["targets"][number]): string {
  const which = priority === null ? "every incident" : `P${priority}`;
  return tier === null ? which : `${which} on ${tierLabel(tier).toLowerCase()}`;
}
