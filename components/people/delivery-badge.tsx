import { Badge, type Hue } from "#components/ui/badge";
import { DELIVERY_WORDS } from "#lib/notifications/delivery-words";
import type { DeliveryState } from "#lib/notifications/vocabulary";

const HUES: Record<DeliveryState, Hue> = {
  queued: "slate",
  sending: "blue",
  retrying: "amber",
  accepted: "blue",
  delivered: "green",
  acted: "green",
  failed: "red",
  cancelled: "slate",
  expired: "amber",
};

/** What became of a send. */
export function DeliveryBadge({ state }: { state: DeliveryState }) {
  return (
    <Badge hue={HUES[state]} form={state === "failed" ? "tint" : "outline"}>
      {DELIVERY_WORDS[state]}
    </Badge>
  );
}
