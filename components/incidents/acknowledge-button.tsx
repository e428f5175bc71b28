"use client";

import { Countdown } from "#components/time/duration";
import { Button } from "#components/ui/button";
import type { IncidentRowDto } from "#lib/incidents/schemas";

interface AcknowledgeButtonProps {
  incident: Pick<IncidentRowDto, "consequence">;
  pending: boolean;
  size?: "medium" | "large";
  onAcknowledge: () => void;
}

/** Says what it stops. */
export function AcknowledgeButton({
  incident,
  pending,
  size = "medium",
  onAcknowledge,
}: AcknowledgeButtonProps) {
  const { consequence } = incident;
  const escalates = consequence?.type === "escalate";
  return (
    <Button
      variant="primary"
      size={size}
      pending={pending}
      pendingLabel="Acknowledging…"
      onClick={onAcknowledge}
    >
      Acknowledge
      {escalates ? (
        <span className="font-regular opacity-80">
          {" "}
          – stops escalation{consequence.to ? ` to ${consequence.to}` : ""} in{" "}
          <Countdown until={consequence.at} after="a moment" />
        </span>
      ) : null}
    </Button>
  );
}
