import { createHmac, randomInt } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { deliveries, deliveryStates, pages } from "#db/schema/notifications";
import { verificationCodes } from "#db/schema/telephony";
import { derivedKey } from "#lib/auth/derived-key";
import { audit, inTransaction } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { lockContactMethod } from "#lib/notifications/commands/lock-contact-method";
import { readAvailableChannels } from "#lib/notifications/queries/available-channels";
import { CODE_LIFETIME_MS, maySendCode } from "#lib/notifications/verification";
import { publish } from "#lib/outbox";

type Method = Awaited<ReturnType<typeof lockContactMethod>>;

/**
 * Sends a code to a phone number, by the very way a page goes, to see that it is this person's. Follow it with `deliveryProgress`. Throws
 * `too_many` when codes were sent there a moment ago.
 */
export async function sendVerificationCode(
  ctx: Context,
  input: { contactMethodId: string },
): Promise<{ pageId: string }> {
  return inTransaction(ctx, async (scope) => {
    const method = await lockContactMethod(scope, input.contactMethodId);
    if (method.channel !== "sms" && method.channel !== "phone") {
      throw new AppError("invalid", "Only phone numbers are confirmed by a code.");
    }
    if (method.verifiedAt !== null) throw new AppError("conflict", "This number is confirmed already.");
    if (!(await readAvailableChannels(scope.tx)).has(method.channel)) {
      throw new AppError("invalid", `No provider for ${CHANNEL_NAMES[method.channel]} is configured.`);
    }
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    await keepCode(scope, method, code);
    const pageId = await queueCode(scope, method, code);
    await audit(scope, {
      action: "verification sent",
      objectType: "contact_method",
      objectId: method.id,
      objectName: method.label,
    });
    await publish(scope, { topic: "delivery.queued", entityType: "page", entityId: pageId });
    return { pageId };
  });
}

/** Under which a code is kept: only for this contact method, and useless without this deployment's secret. */
export function codeHash(contactMethodId: string, code: string): string {
  return createHmac("sha256", derivedKey("verification-code"))
    .update(`${contactMethodId}/${code}`)
    .digest("base64url");
}

async function keepCode({ tx, now }: TransactionContext, method: Method, code: string): Promise<void> {
  const [last] = await tx
    .select()
    .from(verificationCodes)
    .where(eq(verificationCodes.contactMethodId, method.id))
    .for("update");
  const may = maySendCode(last ?? null, now);
  if (may.kind === "wait") {
    const seconds = Math.ceil((may.until.getTime() - now.getTime()) / 1000);
    throw new AppError("too_many", `A code was sent already; another can be sent in ${seconds} s.`);
  }
  const { sends, countedFrom } = may;
  const values = {
    hash: codeHash(method.id, code),
    wrong: 0,
    sends,
    countedFrom,
    sentAt: now,
    expiresAt: new Date(now.getTime() + CODE_LIFETIME_MS),
  };
  await tx
    .insert(verificationCodes)
    .values({ contactMethodId: method.id, ...values })
    .onConflictDoUpdate({ target: verificationCodes.contactMethodId, set: values });
}

/** The send names no contact method: one that is not confirmed is switched off. */
async function queueCode(
  { tx, now, actor }: TransactionContext,
  method: Method,
  code: string,
): Promise<string> {
  const pageId = newId(now.getTime());
  const deliveryId = newId(now.getTime());
  const { userId, channel, address } = method;
  // Digit by digit where it is read aloud.
  const spelled = channel === "phone" ? code.split("").join(" ") : code;
  await tx.insert(pages).values({
    id: pageId,
    userId,
    step: 0,
    reason: "verification",
    urgency: "high",
    state: "active",
    notice: { title: `Your Touchline code is ${spelled}`, lines: [], path: "/me/notifications" },
    noticeKey: `verification/${pageId}`,
    trace: [
      { step: "verification", outcome: CHANNEL_NAMES[channel], because: `${actor.name} asked for it.` },
    ],
    createdAt: now,
  });
  await tx.insert(deliveries).values({
    id: deliveryId,
    pageId,
    userId,
    channel,
    address,
    delayMinutes: 0,
    state: "queued",
    dueAt: now,
    expiresAt: new Date(now.getTime() + CODE_LIFETIME_MS),
    createdAt: now,
  });
  await tx.insert(deliveryStates).values({ deliveryId, state: "queued", at: now });
  await tx.execute(sql`select pg_notify('touchline_engine', 'deliver')`);
  return pageId;
}
