import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { schedules } from "#db/schema/schedules";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { newId } from "#lib/ids";
import { checkDefinition, SCHEDULE_CONSTRAINTS } from "#lib/on-call/commands/check-document";
import { insertVersion } from "#lib/on-call/commands/insert-version";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import { closeOpenVersion, readOpenVersion } from "#lib/on-call/commands/open-version";
import { definitionOf } from "#lib/on-call/definition-of";
import type { ScheduleDefinition } from "#lib/on-call/schedule";
import { schedulePublicationSchema } from "#lib/on-call/schemas";
import type { SchedulePublication } from "#lib/on-call/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { refuseStaleVersion } from "#lib/stale-version";

/**
 * Puts a whole schedule in force from now on; what was in force before stays what it was. Whoever has the turn keeps it when
 * people are moved, added or taken out around them. Publishing what is in force already changes nothing. Throws `conflict` when
 * somebody else published meanwhile.
 */
export async function publishSchedule(
  ctx: Context,
  input: SchedulePublication,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx.actor, "configure");
  const { scheduleId, expectedVersion, layers, offDuty, ...given } = parseInput(
    schedulePublicationSchema,
    input,
  );
  return refuseViolations(SCHEDULE_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const { tx, now } = scope;
      const schedule = await lockSchedule(tx, scheduleId);
      await refuseStaleVersion(tx, { ...schedule, objectType: "schedule" }, expectedVersion);
      const open = await readOpenVersion(tx, scheduleId, now);
      const former = open?.definition ?? null;
      const definition = definitionOf({ timeZone: given.timeZone, layers, offDuty }, former, now, newId);
      const settings = changedFields(schedule, given);
      const isSameDefinition = isDeepStrictEqual(definition, former);
      if (!settings.isChanged && isSameDefinition) return { id: scheduleId, version: schedule.version };
      await checkDefinition(tx, definition, new Set(former?.layers.flatMap((layer) => layer.turns.flat())));
      const version = schedule.version + 1;
      await tx
        .update(schedules)
        .set({ ...given, version, updatedAt: now })
        .where(eq(schedules.id, scheduleId));
      if (!isSameDefinition) {
        const effectiveFrom = await closeOpenVersion(tx, scheduleId, open, now);
        const publishedBy = ctx.actor.type === "user" ? ctx.actor.id : null;
        await insertVersion(tx, { scheduleId, version, definition, effectiveFrom, publishedBy });
      }
      await audit(scope, {
        action: "publish",
        objectType: "schedule",
        objectId: scheduleId,
        objectName: given.name,
        before: { ...settings.before, version: schedule.version, ...recorded(former) },
        after: { ...settings.after, version, ...recorded(definition) },
      });
      await publish(scope, { topic: "schedule.published", entityType: "schedule", entityId: scheduleId });
      return { id: scheduleId, version };
    }),
  );
}

/** What of a definition the audit log keeps. */
function recorded(definition: ScheduleDefinition | null) {
  const layers = definition?.layers.map(({ segments, turns, ...layer }) => ({
    ...layer,
    // Whom a calendar names is no decision of whoever publishes.
    turns: segments ? [] : turns,
  }));
  return { layers: layers ?? [], offDuty: definition?.offDuty ?? [] };
}
