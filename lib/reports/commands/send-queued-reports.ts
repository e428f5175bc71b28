import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { signSnapshot } from "#lib/crypto/snapshot-token";
import type { MailTransport } from "#lib/notifications/channels/mail-transport";
import { mailReport } from "#lib/reports/channels/mail-report";
import type { ReportDocument } from "#lib/reports/document";

const AT_ONCE = 5;
const LEASE = sql.raw("interval '2 minutes'");
const GIVE_UP_AFTER = sql.raw("interval '1 day'");

type Claim = {
  scheduleId: string;
  dueAt: string;
  recipient: string;
  attempts: number;
  name: string;
  document: ReportDocument;
  snapshotId: string;
  path: string;
};

/**
 * Sends what is queued, each under a lease and with one identity however often it is tried; a failure that may pass is tried again for a
 * day, less and less often. Answers how many were tried. `baseUrl` is where people reach Touchline.
 */
export async function sendQueuedReports(
  db: Database,
  transport: MailTransport,
  baseUrl: string,
): Promise<number> {
  const claims = await db.execute<Claim>(sql`
    with due as (
      select schedule_id, due_at, recipient from report_sends
      where state = 'queued' and try_at <= now() order by try_at limit ${AT_ONCE} for update skip locked
    )
    update report_sends r set attempts = attempts + 1, try_at = now() + ${LEASE}
    from due d, report_schedules s, report_snapshots n
    where (r.schedule_id, r.due_at, r.recipient) = (d.schedule_id, d.due_at, d.recipient)
      and s.id = r.schedule_id and n.id = r.snapshot_id
    returning r.schedule_id as "scheduleId", r.due_at as "dueAt", r.recipient, r.attempts, s.name, n.document,
      n.id as "snapshotId", n.path`);
  for (const claim of claims) {
    const result = await mailReport(transport, {
      ...claim,
      dueAt: new Date(claim.dueAt),
      links: [
        {
          label: "As it was sent (30 days, no account needed)",
          href: `${baseUrl}/r/${signSnapshot(claim.snapshotId)}`,
        },
        { label: "As it is now", href: `${baseUrl}${claim.path}` },
        { label: "Schedules", href: `${baseUrl}/reports/saved` },
      ],
    });
    const sent = result.kind === "accepted";
    const over = sql`(${!sent && !result.retry} or due_at < now() - ${GIVE_UP_AFTER})`;
    await db.execute(sql`
      update report_sends set
        state = ${sent ? sql`'sent'` : sql`case when ${over} then 'failed' else 'queued' end`},
        ended_at = ${sent ? sql`now()` : sql`case when ${over} then now() end`},
        try_at = now() + least(power(2, attempts) * interval '30 seconds', interval '1 hour'),
        detail = ${result.detail}
      where schedule_id = ${claim.scheduleId} and due_at = ${claim.dueAt}::timestamptz and recipient = ${claim.recipient}
        and state = 'queued' and attempts = ${claim.attempts}`);
  }
  return claims.length;
}

/** When the next report is due or the next mail may be tried; null: neither. */
export async function nextReportAt(db: Database): Promise<Date | null> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select to_char(least((select min(next_at) from report_schedules),
      (select min(try_at) from report_sends where state = 'queued')) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`);
  return row?.at ? new Date(row.at) : null;
}
