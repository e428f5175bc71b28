import { eq } from "drizzle-orm";
import { teamChannels } from "#db/schema/team-channels";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { requireMayPost } from "#lib/notifications/commands/add-team-channel";
import { publish } from "#lib/outbox";

/** Posts nothing there any more; what was posted stays as it is. Throws `not_found`. */
export async function removeTeamChannel(ctx: Context, { id }: { id: string }): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const { tx } = scope;
    const [channel] = await tx.select().from(teamChannels).where(eq(teamChannels.id, id));
    if (!channel) throw new AppError("not_found", "There is no such channel.");
    const { teamId, serviceId, address, name, highOnly } = channel;
    const ownerName = await requireMayPost(tx, ctx, { teamId, serviceId });
    const removed = await tx.delete(teamChannels).where(eq(teamChannels.id, id)).returning();
    if (removed.length === 0) return;
    const objectType = teamId === null ? "service" : "team";
    const objectId = teamId ?? serviceId ?? "";
    await audit(scope, {
      action: "remove_channel",
      objectType,
      objectId,
      objectName: ownerName,
      before: { channel: "slack", address, name, highOnly },
    });
    await publish(scope, { topic: `${objectType}.updated`, entityType: objectType, entityId: objectId });
  });
}
