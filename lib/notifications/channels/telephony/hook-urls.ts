import { z } from "zod";
import { signToken, verifyToken } from "#lib/crypto/token";

const STATUS = "telephony-status";
const CALL = "telephony-call";

/** Where a provider reports what became of a send, and where it sends the texts that people write. */
export function hookUrl(base: string, providerId: string, path: string): string {
  return `${base}/api/hooks/telephony/${providerId}/${path}`;
}

export function statusUrl(base: string, providerId: string, deliveryId: string): string {
  return hookUrl(base, providerId, `status/${signToken([deliveryId], STATUS)}`);
}

/** The delivery a report is about; null: the address was not made by us. */
export function readStatusToken(token: string): string | null {
  const parsed = z.tuple([z.string()]).safeParse(verifyToken(token, STATUS));
  return parsed.success ? parsed.data[0] : null;
}

/**
 * Where a call stands: how often the menu was said, and which incidents it named. A key acts on these alone, whatever has opened since.
 */
export type CallState = { deliveryId: string; round: number; incidentIds: string[] };

const callState = z.tuple([z.string(), z.number().int(), z.array(z.string())]);

export function callUrl(base: string, providerId: string, state: CallState): string {
  const token = signToken([state.deliveryId, state.round, state.incidentIds], CALL);
  return hookUrl(base, providerId, `call/${token}`);
}

export function readCallToken(token: string): CallState | null {
  const parsed = callState.safeParse(verifyToken(token, CALL));
  if (!parsed.success) return null;
  const [deliveryId, round, incidentIds] = parsed.data;
  return { deliveryId, round, incidentIds };
}
