import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import type { AlertOutcome } from "#lib/alerts/filter";
import { OUTCOME_NAMES } from "#lib/alerts/filter-words";

const HUES: Record<AlertOutcome, Hue> = {
  opened: "violet",
  joined: "blue",
  suppressed: "slate",
  held: "amber",
  none: "slate",
};

/** What the outcomes look like in charts, in the order of `ALERT_OUTCOMES`. */
export const OUTCOME_FILLS: Record<AlertOutcome, string> = {
  opened: "var(--chart-1)",
  joined: "var(--chart-3)",
  suppressed: "var(--chart-5)",
  held: "var(--chart-2)",
  none: "url(#hatch)",
};

/** What became of an alert. */
export function OutcomeBadge({ outcome }: { outcome: AlertOutcome }) {
  return (
    <Badge hue={HUES[outcome]} form="outline">
      {OUTCOME_NAMES[outcome].toLowerCase()}
    </Badge>
  );
}
