import { timeOff } from "#db/schema/time-off";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { requireOwnTime } from "#lib/on-call/commands/require-own-time";
import { timeOffSchema } from "#lib/on-call/schemas";
import type { TimeOffInput } from "#lib/on-call/schemas";
import { daysAway } from "#lib/on-call/time-off-days";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Notes days on which a person is away, on their own clocks. It warns of shifts in that time; nobody is taken off duty by it. */
export async function addTimeOff(ctx: Context, input: TimeOffInput): Promise<{ id: string }> {
  const { userId: named, note, ...days } = parseInput(timeOffSchema, input);
  const userId = named ?? ctx.actor.id ?? "";
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const person = await requireOwnTime(scope, userId);
    const span = daysAway(days, person.timeZone);
    if (!span) throw invalid("must not be before the first day");
    if (span.endsAt <= now) throw invalid("is over already");
    const id = newId(now.getTime());
    await tx.insert(timeOff).values({ id, userId, ...span, note, createdAt: now });
    await audit(scope, {
      action: "create",
      objectType: "time_off",
      objectId: id,
      objectName: person.name,
      after: { userId, startsAt: span.startsAt.toISOString(), endsAt: span.endsAt.toISOString() },
    });
    await publish(scope, { topic: "user.time_off", entityType: "user", entityId: userId });
    return { id };
  });
}

function invalid(message: string): AppError {
  const fields = [{ field: "lastDay", message: `The last day ${message}.` }];
  return new AppError("invalid", `The last day ${message}.`, { fields });
}
