import { SeverityGlyph, type PriorityLevel } from "#components/incidents/priority";
import type { Severity } from "#lib/alerts/vocabulary";

/** What the monitor said of an alert; a priority is what people say of an incident. */

const looks: Record<Severity, { label: string; level: PriorityLevel }> = {
  critical: { label: "Critical", level: 1 },
  error: { label: "Error", level: 2 },
  warning: { label: "Warning", level: 3 },
  info: { label: "Info", level: 5 },
};

export function AlertSeverityLabel({ severity }: { severity: Severity }) {
  const look = looks[severity];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <SeverityGlyph level={look.level} />
      {look.label}
    </span>
  );
}
