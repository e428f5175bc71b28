import { eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "#db/schema/people";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { OutgoingError, requestOutgoing } from "#lib/http/outgoing";
import { jsonOf } from "#lib/notifications/channels/http-result";
import { formRequest } from "#lib/notifications/channels/pushover";
import { isSlackEmail } from "#lib/notifications/chat-address";
import { loadSlackApp } from "#lib/notifications/queries/chat-apps";

export type SlackAddress = { address: string; isVerified: boolean };

const foundSchema = z.object({ ok: z.literal(true), user: z.object({ id: z.string() }) });
const refusedSchema = z.object({ ok: z.literal(false), error: z.string() });

/**
 * Where a Slack contact method leads: an e-mail address is looked up in the workspace. The one of a person's own account proves that
 * the member is theirs; anything typed in is proved by the answer to a test. Throws `invalid` on the field `address`.
 */
export async function findSlackMember(
  ctx: Context,
  input: { userId: string; address: string },
): Promise<SlackAddress> {
  if (URL.canParse(input.address)) return { address: input.address, isVerified: false };
  const app = await loadSlackApp(ctx.db);
  if (!app)
    throw fault("No Slack app is set up yet: use the address of an incoming webhook, or ask an admin.");
  if (!isSlackEmail(input.address)) return { address: input.address, isVerified: false };
  const [person] = await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, input.userId));
  const answer = await lookUp(app, input.address);
  const found = foundSchema.safeParse(answer);
  if (found.success) {
    const isVerified = person?.email.toLowerCase() === input.address.toLowerCase();
    return { address: found.data.user.id, isVerified };
  }
  const refused = refusedSchema.safeParse(answer);
  const error = refused.success ? refused.data.error : "no answer";
  throw fault(
    error === "users_not_found"
      ? "Nobody in the Slack workspace has this e-mail address."
      : `Slack could not be asked (${error}). Give the member ID instead.`,
  );
}

async function lookUp(app: { baseUrl: string; botToken: string }, email: string): Promise<unknown> {
  const request = formRequest(`${app.baseUrl}/users.lookupByEmail`, { email });
  try {
    const response = await requestOutgoing({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${app.botToken}` },
      allowPrivate: env().allowPrivateDestinations,
    });
    return jsonOf(response);
  } catch (error) {
    if (error instanceof OutgoingError) return null;
    throw error;
  }
}

function fault(message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field: "address", message }] });
}
