import { sql } from "drizzle-orm";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { flowAt } from "#lib/problems/flow";
import type { FlowPoint } from "#lib/problems/flow";
import type { ProblemState } from "#lib/problems/problem";
import { startOfDay, WEEK, weekdayOf, DAY } from "#lib/time/calendar";
import { formatDate, instantAt, wallClockAt } from "#lib/time/wall-clock";

const WEEKS = 26;

type Row = {
  state: ProblemState;
  createdAt: number;
  stateChangedAt: number;
  moves: { at: number; to: ProblemState }[] | null;
};

/** How many problems stood in each state at the end of each of the last 26 weeks, and now; `day` is the Monday after it, YYYY-MM-DD. */
export async function readProblemFlow(ctx: Context): Promise<(FlowPoint & { day: string })[]> {
  requirePermission(ctx.actor, "read");
  const { timeZone } = ctx.actor;
  const [now, courses] = await Promise.all([
    readNow(ctx.db),
    ctx.db.execute<Row>(sql`
      select p.state, ${ms("p.created_at")} as "createdAt", ${ms("p.state_changed_at")} as "stateChangedAt", m.moves
      from problems p
      left join lateral (
        select jsonb_agg(jsonb_build_object('at', ${ms("a.at")}, 'to', a.after->>'state') order by a.at, a.id) as moves
        from audit_records a
        where a.object_type = 'problem' and a.object_id = p.id and a.action = 'move' and a.after ? 'state'
      ) m on true`),
  ]);
  const today = startOfDay(wallClockAt(timeZone, now.getTime()));
  const monday = today - (weekdayOf(today) - 1) * DAY;
  const mondays = Array.from({ length: WEEKS }, (_, index) => monday - (WEEKS - 1 - index) * WEEK);
  const days = [...mondays.map(formatDate), formatDate(today)];
  const instants = [...mondays.map((wall) => instantAt(timeZone, wall)), now.getTime()];
  const points = flowAt(
    courses.map(({ moves, ...course }) => ({ ...course, moves: moves ?? [] })),
    instants,
  );
  return points.map((point, index) => ({ ...point, day: days[index] ?? "" }));
}

function ms(column: string) {
  return sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);
}
