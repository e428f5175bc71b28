import { createVerify } from "node:crypto";
import { readSnsConfirmation } from "#lib/events/sources/sns-message";
import type { SnsConfirmation } from "#lib/events/sources/sns-message";
import { OutgoingError, requestOutgoing } from "#lib/http/outgoing";
import type { OutgoingRequest, OutgoingResponse } from "#lib/http/outgoing";

/** `refused`: never to be confirmed; `failed`: SNS may ask again. */
type Confirmation = { kind: "confirmed" } | { kind: "refused" | "failed"; reason: string };

const TIMEOUT_MS = 5000;

/**
 * Confirms a subscription of Amazon SNS to this address by calling the address that SNS sent, if SNS signed it. Only confirmations
 * are verified: an alarm is known by its key, as with every other source, and must page while Amazon's certificates can't be read.
 */
export async function confirmSubscription(
  message: unknown,
  request: (input: OutgoingRequest) => Promise<OutgoingResponse> = requestOutgoing,
): Promise<Confirmation> {
  const confirmation = readSnsConfirmation(message);
  if ("refused" in confirmation) return { kind: "refused", reason: confirmation.refused };
  const get = (url: string) => request({ url, method: "GET", timeoutMs: TIMEOUT_MS, allowPrivate: false });
  try {
    const certificate = await get(confirmation.certificateUrl);
    if (certificate.status !== 200) return { kind: "failed", reason: "Its certificate can't be read" };
    if (!isSigned(confirmation, certificate.body)) {
      return { kind: "refused", reason: "Its signature is not that of Amazon SNS" };
    }
    const answer = await get(confirmation.subscribeUrl);
    if (answer.status === 200) return { kind: "confirmed" };
    return { kind: "failed", reason: `Amazon SNS answered ${answer.status} to the confirmation` };
  } catch (error) {
    if (error instanceof OutgoingError) return { kind: "failed", reason: error.message };
    throw error;
  }
}

function isSigned({ algorithm, signedText, signature }: SnsConfirmation, certificate: string): boolean {
  try {
    return createVerify(algorithm).update(signedText, "utf8").verify(certificate, signature, "base64");
  } catch {
    return false;
  }
}
