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
      <span className={size === "large" ? "flex flex-col items-center leading-tight" : undefined}>
        Acknowledge
        {escalates ? (
          <span
            className={size === "large" ? "text-table font-regular opacity-80" : "font-regular opacity-80"}
          >
            {size === "large" ? "" : " – "}stops escalation{consequence.to ? ` to ${consequence.to}` : ""} in{" "}
            <Countdown until={consequence.at} after="a moment" />
          </span>
        ) : null}
      </span>
    </Button>
  );
}
