import { database } from "#db/client";
import { invalidEvent, throttled, unknownRoutingKey } from "#lib/events/enqueue-answer";
import { routingKeyErrors } from "#lib/events/routing-key";
import { recordBeat } from "#lib/heartbeats/commands/record-beat";
import { integrationOf, takeRequests } from "#lib/http/intake/accept";
import { known, unavailable } from "#lib/http/intake/answer";
import type { IntakeAnswer } from "#lib/http/intake/answer";

/** The word in the address of a signal: `/integrations/heartbeat/<key>`. */
export const HEARTBEAT = "heartbeat";

/** Answers a signal of a heartbeat; what the request says beside its key is of no matter. */
export async function receiveBeat(key: string): Promise<IntakeAnswer> {
  const errors = routingKeyErrors(key);
  if (errors.length > 0) return known(invalidEvent(errors), "refused");
  const integration = await integrationOf(key);
  if (integration === "unavailable") return unavailable();
  if (!integration) return known(unknownRoutingKey(), "refused");
  const wait = await takeRequests(integration.integrationId, 1);
  if (wait !== null) return known(throttled(wait), "throttled");
  if (await recordBeat(database(), integration.integrationId)) {
    return { status: 200, body: { status: "success", message: "Signal recorded" }, outcome: "accepted" };
  }
  return known(invalidEvent(["The key is not that of a heartbeat"]), "refused");
}
