import { database } from "#db/client";
import type { Database } from "#db/connect";
import { AppError } from "#lib/errors";
import { readBody } from "#lib/http/read-json";
import { log } from "#lib/log";
import { answerPage, openAnswer } from "#lib/notifications/commands/answer-page";
import { openOneTap } from "#lib/notifications/queries/one-tap";

const MAX_BODY_BYTES = 8192;

/**
 * Pushover's callback after somebody acknowledged an emergency message in the app: the incident is acknowledged too. The one-tap token
 * in the address is the authority; it was given to Pushover with the message and to nobody else.
 */
export async function pushoverRoute(
  request: Request,
  token: string,
  db: Database = database(),
): Promise<Response> {
  try {
    const fields = new URLSearchParams(await readBody(request, MAX_BODY_BYTES));
    if (fields.get("acknowledged") !== "1") return new Response(null, { status: 204 });
    const access = await openOneTap(db, token);
    const answerer =
      access.kind === "incident" || access.kind === "test" ? await openAnswer(db, access.oneTap) : null;
    if (!answerer) return new Response(null, { status: 410 });
    await answerPage(answerer, { kind: access.kind === "incident" ? "acknowledge" : "confirm" });
    return new Response(null, { status: 204 });
  } catch (error) {
    if (error instanceof AppError) return new Response(null, { status: 400 });
    log().error({ err: error }, "a Pushover callback failed");
    return new Response(null, { status: 500 });
  }
}
