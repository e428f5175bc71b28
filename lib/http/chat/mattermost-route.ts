import { z } from "zod";
import { database } from "#db/client";
import type { Database } from "#db/connect";
import { AppError } from "#lib/errors";
import { readJson } from "#lib/http/read-json";
import { log } from "#lib/log";
import { answerPage, openAnswer } from "#lib/notifications/commands/answer-page";
import { mattermostOutcome } from "#lib/notifications/mattermost-message";
import { openOneTap } from "#lib/notifications/queries/one-tap";

const MAX_BODY_BYTES = 65_536;
const pressSchema = z.object({
  context: z.object({ token: z.string().max(1024), action: z.enum(["acknowledge", "confirm"]) }),
});

/**
 * Answers the buttons of a message in Mattermost. The token in the button's context never leaves Mattermost's server but for here, and
 * is the whole authority, as that of the link beside it is.
 */
export async function mattermostRoute(request: Request, db: Database = database()): Promise<Response> {
  try {
    const press = pressSchema.safeParse(await readJson(request, MAX_BODY_BYTES));
    if (!press.success)
      return Response.json({ error: { message: "This is no button of ours." } }, { status: 400 });
    const { token, action } = press.data.context;
    const access = await openOneTap(db, token);
    const answerer =
      access.kind === "incident" || access.kind === "test" ? await openAnswer(db, access.oneTap) : null;
    if (!answerer) {
      return Response.json({
        ephemeral_text: "Nothing was changed: this button has expired. Open Touchline.",
      });
    }
    const outcome = await answerPage(answerer, { kind: action });
    return Response.json(
      outcome.done ? mattermostOutcome(outcome.sentence) : { ephemeral_text: outcome.sentence },
    );
  } catch (error) {
    if (error instanceof AppError)
      return Response.json({ error: { message: error.message } }, { status: 400 });
    log().error({ err: error }, "a Mattermost button failed");
    return Response.json({ error: { message: "Something went wrong on our side." } }, { status: 500 });
  }
}
