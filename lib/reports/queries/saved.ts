import { and, asc, desc, eq, or, sql } from "drizzle-orm";
import { users } from "#db/schema/people";
import { reportSchedules, reportSnapshots, savedViews } from "#db/schema/report-sharing";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { signSnapshot } from "#lib/crypto/snapshot-token";
import { hasPermission, isSelf } from "#lib/people/permissions";
import type { ReportScheduleDto, ReportSnapshotDto, SavedViewDto } from "#lib/reports/schemas";
import { REPORT_PATHS } from "#lib/reports/sharing";

/** One's own views and those shared by others, by name. */
export async function listSavedViews(ctx: Context): Promise<SavedViewDto[]> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db
    .select({ view: savedViews, owner: users.name })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.userId))
    .where(or(eq(savedViews.shared, true), eq(savedViews.userId, ctx.actor.id ?? "")))
    .orderBy(asc(sql`lower(${savedViews.name})`));
  return rows.map(({ view: { id, name, path, query, shared, userId }, owner }) => ({
    id,
    name,
    href: withQuery(path, query),
    shared,
    isOwn: isSelf(ctx.actor, userId),
    owner,
  }));
}

/** One's own schedules, with the right to configure everybody's; with what came of the newest due instant. */
export async function listReportSchedules(ctx: Context): Promise<ReportScheduleDto[]> {
  requirePermission(ctx.actor, "read");
  const everybody = hasPermission(ctx.actor.role, "configure");
  const rows = await ctx.db
    .select({ schedule: reportSchedules, owner: users.name })
    .from(reportSchedules)
    .innerJoin(users, eq(users.id, reportSchedules.userId))
    .where(and(everybody ? undefined : eq(reportSchedules.userId, ctx.actor.id ?? "")))
    .orderBy(asc(sql`lower(${reportSchedules.name})`));
  const last = await ctx.db.execute<NonNullable<ReportScheduleDto["last"]> & { scheduleId: string }>(sql`
    select distinct on (schedule_id) schedule_id as "scheduleId",
      to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "dueAt",
      (count(*) filter (where state = 'sent'))::int as sent, (count(*) filter (where state = 'queued'))::int as waiting,
      (count(*) filter (where state = 'failed'))::int as failed, max(detail) filter (where state <> 'sent') as detail
    from report_sends group by schedule_id, due_at order by schedule_id, due_at desc`);
  return rows.map(({ schedule, owner }) => ({
    id: schedule.id,
    name: schedule.name,
    report: schedule.report,
    href: withQuery(REPORT_PATHS[schedule.report], schedule.query),
    recipients: schedule.recipients,
    cadence: schedule.cadence,
    nextAt: schedule.nextAt.toISOString(),
    owner,
    last: last.find(({ scheduleId }) => scheduleId === schedule.id) ?? null,
  }));
}

/** Everything that is shared with people without an account, newest first. */
export async function listSnapshots(ctx: Context): Promise<ReportSnapshotDto[]> {
  requirePermission(ctx.actor, "configure");
  const [now, rows] = await Promise.all([
    readNow(ctx.db),
    ctx.db
      .select({ snapshot: reportSnapshots, owner: users.name })
      .from(reportSnapshots)
      .innerJoin(users, eq(users.id, reportSnapshots.userId))
      .orderBy(desc(reportSnapshots.createdAt))
      .limit(100),
  ]);
  return rows.map(({ snapshot, owner }) => ({
    id: snapshot.id,
    title: snapshot.document.title,
    subtitle: snapshot.document.subtitle,
    href: `/r/${signSnapshot(snapshot.id)}`,
    owner,
    createdAt: snapshot.createdAt.toISOString(),
    expiresAt: snapshot.expiresAt.toISOString(),
    state: snapshot.revokedAt ? "revoked" : snapshot.expiresAt <= now ? "expired" : "active",
  }));
}

function withQuery(path: string, query: string): string {
  return query === "" ? path : `${path}?${query}`;
}
