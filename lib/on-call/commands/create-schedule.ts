import { schedules } from "#db/schema/schedules";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { newId } from "#lib/ids";
import { checkDefinition, SCHEDULE_CONSTRAINTS } from "#lib/on-call/commands/check-document";
import { insertVersion } from "#lib/on-call/commands/insert-version";
import { definitionOf } from "#lib/on-call/definition-of";
import { scheduleDocumentSchema } from "#lib/on-call/schemas";
import type { ScheduleDocument } from "#lib/on-call/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { freeSlug } from "#lib/slugs";

/** Makes a schedule whose first version is in force from now on. */
export async function createSchedule(
  ctx: Context,
  input: ScheduleDocument,
): Promise<{ id: string; slug: string }> {
  requirePermission(ctx.actor, "configure");
  const { layers, offDuty, ...schedule } = parseInput(scheduleDocumentSchema, input);
  return refuseViolations(SCHEDULE_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const { tx, now } = scope;
      const definition = definitionOf({ timeZone: schedule.timeZone, layers, offDuty }, null, now, newId);
      await checkDefinition(tx, definition, new Set());
      const id = newId(now.getTime());
      const slug = await freeSlug(tx, schedules, schedule.name, id);
      await tx.insert(schedules).values({ ...schedule, id, slug, createdAt: now, updatedAt: now });
      const publishedBy = ctx.actor.type === "user" ? ctx.actor.id : null;
      await insertVersion(tx, { scheduleId: id, version: 1, definition, effectiveFrom: now, publishedBy });
      await audit(scope, {
        action: "create",
        objectType: "schedule",
        objectId: id,
        objectName: schedule.name,
        after: { ...schedule, layers: definition.layers, offDuty: definition.offDuty ?? [] },
      });
      await publish(scope, { topic: "schedule.created", entityType: "schedule", entityId: id });
      return { id, slug };
    }),
  );
}
