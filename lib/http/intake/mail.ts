import { database } from "#db/client";
import { invalidEvent, throttled, unknownRoutingKey } from "#lib/events/enqueue-answer";
import { routingKeyErrors } from "#lib/events/routing-key";
import { integrationOf, takeRequests } from "#lib/http/intake/accept";
import { known, unavailable } from "#lib/http/intake/answer";
import type { IntakeAnswer } from "#lib/http/intake/answer";
import { authenticateMail } from "#lib/mail-in/commands/authenticate-mail";
import { parseMail } from "#lib/mail-in/commands/parse-mail";
import { receiveAlertMail } from "#lib/mail-in/commands/receive-alert-mail";

/** The word in the address of hosted mail: `/integrations/email/<key>`. */
export const EMAIL = "email";

const RETRY_SECONDS = 60;

/**
 * Answers a mail that a hosted receiver hands on as it came (MIME). The envelope is the receiver's affair, so its SPF can't be asked; a
 * signature can.
 */
export async function receivePostedMail(key: string, text: string): Promise<IntakeAnswer> {
  const errors = routingKeyErrors(key);
  if (errors.length > 0) return known(invalidEvent(errors), "refused");
  const integration = await integrationOf(key);
  if (integration === "unavailable") return unavailable();
  if (!integration) return known(unknownRoutingKey(), "refused");
  const wait = await takeRequests(integration.integrationId, 1);
  if (wait !== null) return known(throttled(wait), "throttled");
  const message = Buffer.from(text, "utf8");
  const parsed = await parseMail(message);
  if (parsed?.from === undefined)
    return known(invalidEvent(["The body is not a mail with a From header"]), "refused");
  const returnPath = parsed.from.value[0]?.address ?? "";
  const proof = await authenticateMail(message, { returnPath, remoteAddress: null, helo: null });
  const { integrationId } = integration;
  const outcome = await receiveAlertMail(database(), { integrationId, parsed, returnPath, proof });
  if (outcome.kind === "later") return known(throttled(RETRY_SECONDS), "throttled");
  if (outcome.kind === "refused") return known(invalidEvent([outcome.because]), "refused");
  return { status: 202, body: { status: "success", message: outcome.because }, outcome: "accepted" };
}
