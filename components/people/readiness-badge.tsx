import { CircleCheck, CircleOff, TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge";
import type { ReadinessState } from "#lib/people/readiness";

const looks = {
  ready: { label: "Ready", hue: "green", icon: <CircleCheck aria-hidden /> },
  partly: { label: "Partly ready", hue: "amber", icon: <TriangleAlert aria-hidden /> },
  unreachable: { label: "Not reachable", hue: "red", icon: <CircleOff aria-hidden /> },
} as const;

/** Whether a page at night would reach somebody. */
export function ReadinessBadge({ state }: { state: ReadinessState }) {
  const { label, hue, icon } = looks[state];
  return (
    <Badge hue={hue} form={state === "unreachable" ? "tint" : "plain"} icon={icon}>
      {label}
    </Badge>
  );
}
