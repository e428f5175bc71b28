import { sql } from "drizzle-orm";
import { reportSends } from "#db/schema/report-sharing";
import { inTransaction } from "#lib/context";
import type { Actor, Context } from "#lib/context";
import type { Role } from "#lib/people/roles";
import { nextDue } from "#lib/reports/cadence";
import type { Cadence } from "#lib/reports/cadence";
import { keepSnapshot } from "#lib/reports/commands/share-snapshot";
import { readDocument } from "#lib/reports/queries/read-document";
import type { DocumentReport } from "#lib/reports/sharing";

const SNAPSHOT_DAYS = 30;

type Row = {
  id: string;
  report: DocumentReport;
  query: string;
  recipients: string[];
  cadence: Cadence;
  dueAt: string;
  userId: string;
  name: string;
  role: Role;
  timeZone: string;
  isGone: boolean;
};

/**
 * Takes one schedule that is due, keeps its report as it is now and queues a mail for each recipient, in one transaction with the next due
 * instant: each is queued once, whatever dies. After an outage the newest missed instant alone is sent. False: none is due.
 */
export async function queueDueReport(ctx: Context): Promise<boolean> {
  return inTransaction(ctx, async (scope) => {
    const [due] = await scope.tx.execute<Row>(sql`
      select s.id, s.report, s.query, s.recipients, s.cadence, s.next_at as "dueAt", u.id as "userId", u.name, u.role,
        u.time_zone as "timeZone", u.deactivated_at is not null as "isGone"
      from report_schedules s join users u on u.id = s.user_id
      where s.next_at <= now() order by s.next_at limit 1 for update of s skip locked`);
    if (!due) return false;
    const next = new Date(nextDue(due.cadence, scope.now.getTime()));
    await scope.tx.execute(
      sql`update report_schedules set next_at = ${next.toISOString()}::timestamptz where id = ${due.id}`,
    );
    // What nobody here answers for any more is not sent.
    if (due.isGone) return true;
    const document = await readDocument({ db: ctx.db, actor: ownerOf(due) }, due.report, due.query);
    const { userId, report, query } = due;
    const snapshotId = await keepSnapshot(scope, { userId, document, report, query, days: SNAPSHOT_DAYS });
    const dueAt = new Date(latestMissed(due, scope.now.getTime()));
    await scope.tx
      .insert(reportSends)
      .values(
        due.recipients.map((recipient) => ({
          scheduleId: due.id,
          dueAt,
          recipient,
          snapshotId,
          state: "queued" as const,
          tryAt: scope.now,
        })),
      )
      .onConflictDoNothing();
    return true;
  });
}

/** The last instant of the cadence that has passed. */
function latestMissed({ cadence, dueAt }: Row, now: number): number {
  let latest = Date.parse(dueAt);
  for (let next = nextDue(cadence, latest); next <= now; next = nextDue(cadence, latest)) latest = next;
  return latest;
}

function ownerOf({ userId, name, role, timeZone }: Row): Actor {
  return { type: "user", id: userId, name, role, channel: "auto", timeZone };
}
