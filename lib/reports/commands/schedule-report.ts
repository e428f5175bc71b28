import { eq, sql } from "drizzle-orm";
import { reportSchedules } from "#db/schema/report-sharing";
import { users } from "#db/schema/people";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { hasPermission, isSelf } from "#lib/people/permissions";
import { nextDue } from "#lib/reports/cadence";
import { scheduleInputSchema } from "#lib/reports/schemas";
import type { ScheduleInput } from "#lib/reports/schemas";

/** Sends a report by mail from now on. Everybody may send to themselves; to others takes the right to configure. */
export async function scheduleReport(ctx: Context, input: ScheduleInput): Promise<{ id: string }> {
  requirePermission(ctx.actor, "read");
  const wanted = parseInput(scheduleInputSchema, input);
  const userId = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (userId === null) throw new AppError("invalid", "Only a person can schedule a report.");
  return inTransaction(ctx, async (scope) => {
    const [own] = await scope.tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
    const toOthers = wanted.recipients.some((email) => email !== own?.email.toLowerCase());
    if (toOthers) requirePermission(ctx.actor, "configure");
    const id = newId(scope.now.getTime());
    await scope.tx.insert(reportSchedules).values({
      id,
      userId,
      ...wanted,
      nextAt: new Date(nextDue(wanted.cadence, scope.now.getTime())),
      createdAt: scope.now,
    });
    await audit(scope, {
      action: "create",
      objectType: "report_schedule",
      objectId: id,
      objectName: wanted.name,
      after: wanted,
    });
    await publish(scope, { topic: "report_schedule.created", entityType: "report_schedule", entityId: id });
    await scope.tx.execute(sql`select pg_notify('touchline_engine', 'scheduled-reports')`);
    return { id };
  });
}

/** Ends a schedule: one's own, or, with the right to configure, anybody's. */
export async function endSchedule(ctx: Context, { scheduleId }: { scheduleId: string }): Promise<void> {
  requirePermission(ctx.actor, "read");
  await inTransaction(ctx, async (scope) => {
    const [schedule] = await scope.tx
      .select()
      .from(reportSchedules)
      .where(eq(reportSchedules.id, scheduleId))
      .for("update");
    const mayEnd =
      schedule && (isSelf(ctx.actor, schedule.userId) || hasPermission(ctx.actor.role, "configure"));
    if (!mayEnd) throw new AppError("not_found", "There is no such schedule.");
    await scope.tx.delete(reportSchedules).where(eq(reportSchedules.id, scheduleId));
    await audit(scope, {
      action: "delete",
      objectType: "report_schedule",
      objectId: scheduleId,
      objectName: schedule.name,
    });
    await publish(scope, {
      topic: "report_schedule.deleted",
      entityType: "report_schedule",
      entityId: scheduleId,
    });
  });
}
