import { z } from "zod";
import { contactMethods } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { AppError } from "#lib/errors";
import { idField, lineField } from "#lib/field-schemas";
import { newId } from "#lib/ids";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { CONTACT_METHOD_KEYS, requireRoom } from "#lib/notifications/commands/add-contact-method";
import { keepDefaultLadder } from "#lib/notifications/commands/keep-default-ladder";
import { maskAddress } from "#lib/notifications/address";
import { readPhoneNumber } from "#lib/notifications/commands/phone-number";
import { readAvailableChannels } from "#lib/notifications/queries/available-channels";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { requireSelfOrManager } from "#lib/people/commands/lock-user";
import { isSelf } from "#lib/people/permissions";

const PHONE_CHANNELS = ["sms", "phone"] as const;

export const addPhoneNumberSchema = z.object({
  userId: idField,
  channels: z.array(z.enum(PHONE_CHANNELS)).min(1, "must be texts, calls or both").max(2),
  label: lineField(100),
  /** As people write it, with its country. */
  number: z.string().max(50, "is too long"),
});
export type AddPhoneNumberInput = z.input<typeof addPhoneNumberSchema>;

/** Why a number is not used yet. */
export const UNCONFIRMED = "Not confirmed yet: enter the code that was sent to it.";

/**
 * Adds a number for texts, calls or both. One's own is used once it is confirmed by a code (sendVerificationCode, confirmNumber), so that a
 * slip of the finger pages no stranger; who manages people vouches for those they enter. Refuses what is no number of its country, a
 * landline for texts, and a channel without a provider.
 */
export async function addPhoneNumber(ctx: Context, input: AddPhoneNumberInput): Promise<{ ids: string[] }> {
  const { userId, channels, label, number } = parseInput(addPhoneNumberSchema, input);
  requireSelfOrManager(ctx.actor, userId);
  const { e164, countryCode, isLandline } = readPhoneNumber(number);
  if (isLandline && channels.includes("sms")) refuse("address", "is a landline, which can't receive texts");
  const mustConfirm = isSelf(ctx.actor, userId);
  return refuseViolations(CONTACT_METHOD_KEYS, () =>
    inTransaction(ctx, async (scope) => {
      const available = await readAvailableChannels(scope.tx);
      const ids: string[] = [];
      // A code is texted where texts are wanted: the first is the one to confirm.
      for (const channel of PHONE_CHANNELS.filter((one) => channels.includes(one))) {
        if (!available.has(channel)) refuse("channel", `needs a provider for ${CHANNEL_NAMES[channel]}`);
        await requireRoom(scope, userId);
        const id = newId(scope.now.getTime());
        await scope.tx.insert(contactMethods).values({
          id,
          userId,
          channel,
          label,
          address: e164,
          countryCode,
          enabled: !mustConfirm,
          lastError: mustConfirm ? UNCONFIRMED : null,
          createdAt: scope.now,
        });
        await keepDefaultLadder(scope, { userId, addedId: id });
        await audit(scope, {
          action: "added",
          objectType: "contact_method",
          objectId: id,
          objectName: label,
          after: { userId, channel, address: maskAddress(channel, e164) },
        });
        ids.push(id);
      }
      await publish(scope, { topic: "contact_method.added", entityType: "user", entityId: userId });
      return { ids };
    }),
  );
}

function refuse(field: string, message: string): never {
  throw new AppError("invalid", `It ${message}.`, { fields: [{ field, message }] });
}
