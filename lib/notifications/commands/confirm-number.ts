import { timingSafeEqual } from "node:crypto";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { verificationCodes } from "#db/schema/telephony";
import { contactMethods } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockContactMethod } from "#lib/notifications/commands/lock-contact-method";
import { codeHash } from "#lib/notifications/commands/send-verification-code";
import { MOST_WRONG } from "#lib/notifications/verification";
import { publish } from "#lib/outbox";

/**
 * Confirms a phone number by the code that was sent to it, for texts and calls alike, and switches it on. Throws `invalid` for a wrong or
 * old code; after five wrong ones a new one must be sent.
 */
export async function confirmNumber(
  ctx: Context,
  input: { contactMethodId: string; code: string },
): Promise<void> {
  // A refusal counts as a wrong answer, so it must not undo the counting.
  const refusal = await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const method = await lockContactMethod(scope, input.contactMethodId);
    const [kept] = await tx
      .select()
      .from(verificationCodes)
      .where(eq(verificationCodes.contactMethodId, method.id))
      .for("update");
    if (!kept || kept.expiresAt <= now || kept.wrong >= MOST_WRONG)
      return "is not valid any more: send a new one";
    if (!isEqual(kept.hash, codeHash(method.id, input.code.replace(/\s/g, "")))) {
      await tx
        .update(verificationCodes)
        .set({ wrong: kept.wrong + 1 })
        .where(eq(verificationCodes.contactMethodId, method.id));
      return "is not the one that was sent";
    }
    await tx.delete(verificationCodes).where(eq(verificationCodes.contactMethodId, method.id));
    const confirmed = await tx
      .update(contactMethods)
      .set({ verifiedAt: now, enabled: true, lastError: null })
      .where(
        and(
          eq(contactMethods.userId, method.userId),
          eq(contactMethods.address, method.address),
          inArray(contactMethods.channel, ["sms", "phone"]),
          isNull(contactMethods.optedOutAt),
          isNull(contactMethods.verifiedAt),
        ),
      )
      .returning({ id: contactMethods.id, label: contactMethods.label });
    await audit(
      scope,
      ...confirmed.map(({ id, label }) => ({
        action: "verified",
        objectType: "contact_method",
        objectId: id,
        objectName: label,
      })),
    );
    await publish(scope, {
      topic: "contact_method.updated",
      entityType: "user",
      entityId: method.userId,
    });
    return null;
  });
  if (refusal !== null) {
    throw new AppError("invalid", `The code ${refusal}.`, { fields: [{ field: "code", message: refusal }] });
  }
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
