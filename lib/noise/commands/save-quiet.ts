import { eq } from "drizzle-orm";
import { serviceNoise } from "#db/schema/noise";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { quietSettingsSchema } from "#lib/noise/schemas";
import type { QuietSettingsInput } from "#lib/noise/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockService } from "#lib/services/commands/lock-service";

/** Sets what a service does about transient alerts, flapping and storms. Alerts that are held already stay so. */
export async function saveQuietSettings(ctx: Context, input: QuietSettingsInput): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const { serviceId, ...values } = parseInput(quietSettingsSchema, input);
  await inTransaction(ctx, async (scope) => {
    const service = await lockService(scope.tx, serviceId);
    const [before] = await scope.tx.select().from(serviceNoise).where(eq(serviceNoise.serviceId, serviceId));
    const row = { ...values, updatedAt: scope.now };
    await scope.tx
      .insert(serviceNoise)
      .values({ serviceId, ...row })
      .onConflictDoUpdate({ target: serviceNoise.serviceId, set: row });
    await audit(scope, {
      action: "set_noise",
      objectType: "service",
      objectId: serviceId,
      objectName: service.name,
      ...(before && { before: { ...before, updatedAt: undefined } }),
      after: values,
    });
    await publish(scope, { topic: "service.updated", entityType: "service", entityId: serviceId });
  });
}
