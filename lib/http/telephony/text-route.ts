import { database } from "#db/client";
import type { Database } from "#db/connect";
import { env } from "#lib/env";
import { done, plain, withHook } from "#lib/http/telephony/hook";
import { log } from "#lib/log";
import { carrierOf } from "#lib/notifications/channels/telephony/carrier-of";
import { answerText } from "#lib/notifications/commands/answer-text";
import type { LoadedProvider } from "#lib/notifications/queries/providers";

const SEND_MS = 10_000;

/** A text that somebody wrote to one of our numbers. */
export async function textRoute(
  request: Request,
  { providerId }: { providerId: string },
  db: Database = database(),
): Promise<Response> {
  return withHook(db, request, providerId, async ({ hooks, provider, request: hook }) => {
    const event = hooks.readText(hook);
    if (!event) return plain(400, "The text can't be read.");
    const { externalId, from, text } = event;
    const said = await answerText(db, { providerId, externalId, from, text });
    // Twilio's own answers to STOP, START and HELP are enough.
    const answer = event.isAnsweredByProvider ? null : said;
    if (hooks.answerText) return hooks.answerText(answer);
    if (answer !== null) await sendBack(provider, from, answer, externalId);
    return done();
  });
}

/** Where an answer can't stand in the response it goes as a text of its own. What was asked for is done either way. */
async function sendBack(provider: LoadedProvider, to: string, text: string, key: string): Promise<void> {
  const { allowPrivateDestinations: allowPrivate } = env();
  const carrier = carrierOf(provider.kind, provider.settings, provider.readSecret(), { allowPrivate });
  const result = await carrier?.sendText({
    to,
    text,
    key: `answer-${key}`,
    statusUrl: null,
    signal: AbortSignal.timeout(SEND_MS),
  });
  if (result?.kind !== "accepted") log().warn({ providerId: provider.id, result }, "an answer was not sent");
}
