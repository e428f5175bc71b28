import { CircleCheck, CircleDashed, CircleHelp, Hammer, Lightbulb, Search, ShieldAlert } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { Badge, type Hue } from "#components/ui/badge";
import { STATE_LABELS } from "#lib/problems/problem";
import type { ProblemState } from "#lib/problems/problem";

const LOOKS: Record<ProblemState, { icon: LucideIcon; hue: Hue }> = {
  suspected: { icon: CircleHelp, hue: "slate" },
  investigating: { icon: Search, hue: "blue" },
  known_error: { icon: Lightbulb, hue: "amber" },
  fix_scheduled: { icon: Hammer, hue: "violet" },
  verifying: { icon: CircleDashed, hue: "blue" },
  closed: { icon: CircleCheck, hue: "green" },
  risk_accepted: { icon: ShieldAlert, hue: "slate" },
};

export function ProblemStateBadge({ state }: { state: ProblemState }) {
  const { icon: Icon, hue } = LOOKS[state];
  return (
    <Badge hue={hue} icon={<Icon aria-hidden />}>
      {STATE_LABELS[state]}
    </Badge>
  );
}
