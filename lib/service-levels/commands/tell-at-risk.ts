import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import type { Urgency } from "#lib/incidents/vocabulary";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { METRIC_WORDS } from "#lib/service-levels/words";
import { formatDayTime } from "#lib/time/format";
import type { ServiceLevelMetric } from "#lib/service-levels/vocabulary";

const AT_ONCE = 100;

type Row = {
  incidentId: string;
  policyId: string;
  number: number;
  title: string;
  urgency: Urgency;
  metric: ServiceLevelMetric;
  /** Epoch milliseconds; null: it does not matter any more. */
  dueAt: number | null;
  people: { id: string; timeZone: string }[];
};

/** Tells those who have an incident that a promise about it is nearly broken, once for each; answers how many were due. */
export async function tellOfServiceLevelsAtRisk(scope: TransactionContext): Promise<number> {
  const due = await scope.tx.execute<Row>(sql`
    with due as (
      select l.incident_id, l.policy_id from incident_service_levels l
      where l.ended_at is null and l.noticed_at is null and l.at_risk_at <= now() and l.due_at is not null
      order by l.at_risk_at limit ${AT_ONCE} for update skip locked
    )
    update incident_service_levels l set noticed_at = now()
    from due d, incidents i, service_level_policies p
    where l.incident_id = d.incident_id and l.policy_id = d.policy_id and i.id = l.incident_id and p.id = l.policy_id
    returning l.incident_id as "incidentId", l.policy_id as "policyId", i.number, i.title, i.urgency, p.metric,
      (case when i.status <> 'resolved' and p.deleted_at is null
        then extract(epoch from l.due_at) * 1000 end)::float8 as "dueAt",
      (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'timeZone', u.time_zone)), '[]')
        from incident_assignments a join users u on u.id = a.user_id where a.incident_id = i.id) as people`);
  await sendNotices(
    scope,
    due.flatMap(({ dueAt, people, ...row }) => {
      if (dueAt === null) return [];
      return people.map(({ id: userId, timeZone }) => ({
        userId,
        reason: "service_level" as const,
        key: `service-level/${row.policyId}/${row.incidentId}`,
        urgency: row.urgency,
        says: {
          // By the clock, since their rules may send it minutes later.
          title: `#${row.number} must be ${METRIC_WORDS[row.metric].done} by ${clockOf(dueAt, timeZone)}`,
          lines: [row.title],
          path: `/incidents/${row.number}`,
        },
      }));
    }),
  );
  return due.length;
}

/** "Sat 14 Nov 03:12 (Europe/Berlin)" */
function clockOf(at: number, timeZone: string): string {
  return `${formatDayTime(at, { timeZone, locale: "en-GB", hour12: false })} (${timeZone})`;
}

/** When the next promise is at risk; null: none will be. */
export async function nextServiceLevelAtRisk({ tx }: Pick<TransactionContext, "tx">): Promise<Date | null> {
  const [row] = await tx.execute<{ at: string | null }>(sql`
    select to_char(min(at_risk_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from incident_service_levels
    where ended_at is null and noticed_at is null and due_at is not null`);
  return row?.at ? new Date(row.at) : null;
}
