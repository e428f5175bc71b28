import { eq } from "drizzle-orm";
import { gameDays } from "#db/schema/game-days";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { gameDayInputSchema } from "#lib/reports/schemas";
import type { GameDayInput } from "#lib/reports/schemas";

/** Enters a game day, past or to come. The database restates the facts of incidents in it. */
export async function keepGameDay(ctx: Context, input: GameDayInput): Promise<{ id: string }> {
  requirePermission(ctx.actor, "configure");
  const wanted = parseInput(gameDayInputSchema, input);
  return inTransaction(ctx, async (scope) => {
    const id = newId(scope.now.getTime());
    await scope.tx.insert(gameDays).values({ id, ...wanted, createdAt: scope.now });
    await audit(scope, {
      action: "create",
      objectType: "game_day",
      objectId: id,
      objectName: wanted.name,
      after: wanted,
    });
    await publish(scope, { topic: "game_day.created", entityType: "game_day", entityId: id });
    return { id };
  });
}

export async function removeGameDay(ctx: Context, { gameDayId }: { gameDayId: string }): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const [gone] = await scope.tx.delete(gameDays).where(eq(gameDays.id, gameDayId)).returning();
    if (!gone) throw new AppError("not_found", "There is no such game day.");
    await audit(scope, {
      action: "delete",
      objectType: "game_day",
      objectId: gameDayId,
      objectName: gone.name,
      before: { startsAt: gone.startsAt, endsAt: gone.endsAt, load: gone.load },
    });
    await publish(scope, { topic: "game_day.deleted", entityType: "game_day", entityId: gameDayId });
  });
}
