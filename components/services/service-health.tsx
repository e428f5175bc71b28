import { HealthIcon, type Health as Glyph } from "#components/services/health";
import { Badge, type BadgeForm, type Hue } from "#components/ui/badge";
import type { Health } from "#lib/services/health";

const looks: Record<Health, { label: string; hue: Hue; form: BadgeForm; glyph: Glyph }> = {
  critical: { label: "Needs response", hue: "red", form: "solid", glyph: "major_outage" },
  warning: { label: "In hand", hue: "amber", form: "tint", glyph: "degraded" },
  active: { label: "Healthy", hue: "green", form: "plain", glyph: "operational" },
  disabled: { label: "Disabled", hue: "slate", form: "outline", glyph: "unknown" },
};

export function serviceHealthLabel(health: Health): string {
  return looks[health].label;
}

/** A service's state by its open incidents: unacknowledged, somebody on it, none, or switched off. */
export function ServiceHealthBadge({ health }: { health: Health }) {
  const { label, hue, form, glyph } = looks[health];
  return (
    <Badge hue={hue} form={form} icon={<HealthIcon health={glyph} inherit />}>
      {label}
    </Badge>
  );
}
