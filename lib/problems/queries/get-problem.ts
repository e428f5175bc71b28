import { and, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { incidents } from "#db/schema/incidents";
import { auditRecords } from "#db/schema/organisation";
import { problemIncidents } from "#db/schema/problems";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { loadSettings } from "#lib/organisation/queries/settings";
import { historySentence } from "#lib/problems/history";
import { listActions } from "#lib/problems/queries/actions";
import { readGameTime } from "#lib/problems/queries/game-hours";
import { readProblems, toProblemDto } from "#lib/problems/queries/problems";
import type { HistoryDto, ProblemDetailDto, ProblemDto, ProblemIncidentDto } from "#lib/problems/schemas";
import { median } from "#lib/statistics/quantile";
import { verifyFix } from "#lib/problems/verification";
import type { FixVerification } from "#lib/problems/verification";
import { DAY } from "#lib/time/calendar";

const SHOWN = 200;
// How far before the fix one looks for what was usual.
const BEFORE_DAYS = 180;

/** One problem by its number or id, with everything that belongs to it. Throws `not_found`. */
export async function getProblem(ctx: Context, ref: string): Promise<ProblemDetailDto> {
  requirePermission(ctx.actor, "read");
  const number = /^\d{1,9}$/.test(ref) ? Number(ref) : -1;
  const [[row], rates] = await Promise.all([
    readProblems(ctx, sql`(p.id = ${ref} or p.number = ${number})`),
    loadSettings(ctx.db),
  ]);
  if (!row) throw new AppError("not_found", `There is no problem ${ref}.`);
  const problem = toProblemDto(row, rates);
  const [linked, actions, history, verification] = await Promise.all([
    listLinked(ctx, problem.id),
    listActions(ctx, { problemId: problem.id }),
    listHistory(ctx, problem.id),
    verify(ctx, problem),
  ]);
  return {
    ...problem,
    cause: row.cause,
    template: row.template,
    incidents: linked,
    actions: actions.actions,
    history,
    verification,
  };
}

async function listLinked({ db }: Context, problemId: string): Promise<ProblemIncidentDto[]> {
  const rows = await db
    .select({
      id: incidents.id,
      number: incidents.number,
      title: incidents.title,
      status: incidents.status,
      createdAt: incidents.createdAt,
      resolvedAt: incidents.resolvedAt,
      relation: problemIncidents.relation,
      via: problemIncidents.via,
    })
    .from(problemIncidents)
    .innerJoin(incidents, eq(incidents.id, problemIncidents.incidentId))
    .where(
      and(
        eq(problemIncidents.problemId, problemId),
        isNull(problemIncidents.removedAt),
        isNull(incidents.mergedIntoId),
      ),
    )
    .orderBy(desc(incidents.createdAt))
    .limit(SHOWN);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  }));
}

async function listHistory({ db }: Context, problemId: string): Promise<HistoryDto[]> {
  const rows = await db
    .select()
    .from(auditRecords)
    .where(
      or(
        and(eq(auditRecords.objectType, "problem"), eq(auditRecords.objectId, problemId)),
        and(
          eq(auditRecords.objectType, "corrective_action"),
          inArray(
            auditRecords.objectId,
            sql`(select a.id from corrective_actions a where a.problem_id = ${problemId})`,
          ),
        ),
      ),
    )
    .orderBy(desc(auditRecords.at), desc(auditRecords.id))
    .limit(SHOWN);
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actorName: row.actorName,
    text: historySentence(row),
  }));
}

/** Recurrences since the fix against those before it; null without a fix. */
async function verify(ctx: Context, problem: ProblemDto): Promise<FixVerification | null> {
  if (problem.fixedAt === null) return null;
  const now = await readNow(ctx.db);
  const fixedAt = new Date(problem.fixedAt);
  const from = new Date(fixedAt.getTime() - BEFORE_DAYS * DAY);
  const [events, [oldest], games] = await Promise.all([
    ctx.db.execute<{ at: string }>(sql`
      select extract(epoch from f.created_at) * 1000 as at
      from problem_incidents l join incident_facts f on f.incident_id = l.incident_id
      where l.problem_id = ${problem.id} and l.removed_at is null and l.relation = 'caused_by' and not f.merged
        and f.created_at >= ${from.toISOString()}
      order by f.created_at`),
    ctx.db.execute<{ at: string | null }>(sql`
      select extract(epoch from min(created_at)) * 1000 as at from incident_facts
      where created_at >= ${from.toISOString()}`),
    readGameTime({ tx: ctx.db }, from, now),
  ]);
  const times = events.map(({ at }) => Number(at));
  const before = times.filter((at) => at <= fixedAt.getTime());
  const start = Math.max(from.getTime(), Number(oldest?.at ?? from.getTime()));
  return verifyFix({
    before: { count: before.length, hours: games.hoursIn(start, fixedAt.getTime()) },
    since: { count: times.length - before.length, hours: games.hoursIn(fixedAt.getTime(), now.getTime()) },
    medianGapDays: median(before.slice(1).map((at, index) => (at - (before[index] ?? at)) / DAY)),
    multiplier: games.multiplier,
  });
}
