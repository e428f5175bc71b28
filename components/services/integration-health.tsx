import { UnreadNotice } from "#components/services/unread-notice";
import { Badge, type Hue } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import type { IntegrationHealthDto } from "#lib/services/client";

const STATES: Record<IntegrationHealthDto["kind"], { label: string; hue: Hue }> = {
  unheard: { label: "Never heard", hue: "slate" },
  unknown: { label: "Rhythm not known yet", hue: "slate" },
  usual: { label: "As usual", hue: "green" },
  quiet: { label: "Quiet for longer than ever", hue: "amber" },
};

interface IntegrationHealthCardProps {
  health: IntegrationHealthDto;
  canConfigure: boolean;
}

/** Whether an integration is heard as its own past makes one expect. */
export function IntegrationHealthCard({ health, canConfigure }: IntegrationHealthCardProps) {
  const { label, hue } = STATES[health.kind];
  return (
    <Card
      title="Health"
      subtitle="By its own rhythm of the last 28 days. Silence pages nobody: a heartbeat does."
    >
      <div className="flex flex-col gap-3">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-body">
          <Badge hue={hue} form="outline">
            {label}
          </Badge>
          {health.sentence}
        </p>
        {health.kind === "unheard" ? null : (
          <p className="text-table text-text-2">Heard in {health.heardHours} of the last 24 hours.</p>
        )}
        <UnreadNotice count={health.openErrors} canReplay={canConfigure} />
      </div>
    </Card>
  );
}
