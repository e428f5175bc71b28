import { randomBytes } from "node:crypto";
import { count, eq } from "drizzle-orm";
import type { z } from "zod";
import { contactMethods } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { encryptSecret } from "#lib/crypto/secret";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { WebhookSecret } from "#lib/notifications/channels/webhook";
import { findSlackMember } from "#lib/notifications/commands/find-slack-member";
import { keepDefaultLadder } from "#lib/notifications/commands/keep-default-ladder";
import { maskAddress } from "#lib/notifications/address";
import { requireSelfOrManager } from "#lib/people/commands/lock-user";
import { CONTACT_SECRET } from "#lib/notifications/queries/ready-delivery";
import { addContactMethodSchema } from "#lib/notifications/schemas";
import type { AddContactMethodInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

const MOST = 20;

export const CONTACT_METHOD_KEYS = {
  contact_methods_address_key: { field: "address", message: TAKEN },
  contact_methods_user_id_users_id_fk: { field: "userId", message: "does not exist" },
};

/**
 * Adds a way to reach a person. For a webhook the answer holds the secret its requests are signed with; it is shown this once.
 * A Slack member is looked up by e-mail. Refuses an address this person has already.
 */
export async function addContactMethod(
  ctx: Context,
  input: AddContactMethodInput,
): Promise<{ id: string; signingSecret: string | null }> {
  const asked = parseInput(addContactMethodSchema, input);
  const { userId, channel, label } = asked;
  requireSelfOrManager(ctx.actor, userId);
  if (URL.canParse(asked.address)) requireSecure(asked.address);
  const { address, isVerified } =
    channel === "slack" ? await findSlackMember(ctx, asked) : { address: asked.address, isVerified: false };
  const signingSecret = channel === "webhook" ? randomBytes(32).toString("base64url") : null;
  const secret = secretOf(asked, signingSecret);
  return refuseViolations(CONTACT_METHOD_KEYS, () =>
    inTransaction(ctx, async (scope) => {
      await requireRoom(scope, userId);
      const id = newId(scope.now.getTime());
      await scope.tx.insert(contactMethods).values({
        id,
        userId,
        channel,
        label,
        address,
        secret: secret === null ? null : encryptSecret(secret, CONTACT_SECRET),
        verifiedAt: isVerified ? scope.now : null,
        createdAt: scope.now,
      });
      await keepDefaultLadder(scope, { userId, addedId: id });
      await audit(scope, {
        action: "added",
        objectType: "contact_method",
        objectId: id,
        objectName: label,
        after: { userId, channel, address: maskAddress(channel, address) },
      });
      await publish(scope, { topic: "contact_method.added", entityType: "user", entityId: userId });
      return { id, signingSecret };
    }),
  );
}

/** What the channel needs beside the address. */
function secretOf(method: z.output<typeof addContactMethodSchema>, signing: string | null): string | null {
  if (method.channel === "email") return null;
  if (signing !== null) {
    const { headers = {}, template = null } = method;
    return JSON.stringify({ signing, headers, template } satisfies WebhookSecret);
  }
  return method.channel === "ntfy" && method.token ? method.token : null;
}

/** Refuses one contact method too many. */
export async function requireRoom({ tx }: TransactionContext, userId: string): Promise<void> {
  const [row] = await tx
    .select({ has: count() })
    .from(contactMethods)
    .where(eq(contactMethods.userId, userId));
  if ((row?.has ?? 0) < MOST) return;
  throw new AppError("invalid", `A person can have at most ${MOST} contact methods; remove one first.`, {
    fields: [{ field: "userId", message: `has ${MOST} contact methods already` }],
  });
}

function requireSecure(address: string): void {
  if (address.toLowerCase().startsWith("https://") || env().allowPrivateDestinations) return;
  throw new AppError("invalid", "The address must begin with https://", {
    fields: [{ field: "address", message: "must begin with https://" }],
  });
}
