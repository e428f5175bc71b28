import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { listLogEntries } from "#lib/incidents/queries/timeline";
import { listActions } from "#lib/problems/queries/actions";
import { readReviews, toReviewDto } from "#lib/reviews/queries/reviews";
import { actionDays } from "#lib/reviews/review";
import type { ReviewDetailDto, ReviewFacts } from "#lib/reviews/schemas";
import { DAY } from "#lib/time/calendar";

/** One review, by its id or its incident's id, with all that the incident tells. Throws `not_found`. */
export async function getReview(ctx: Context, ref: string): Promise<ReviewDetailDto> {
  const review = await findReview(ctx, ref);
  if (!review) throw new AppError("not_found", `There is no review ${ref}.`);
  return review;
}

/** The same; null if there is none (yet). */
export async function findReview(ctx: Context, ref: string): Promise<ReviewDetailDto | null> {
  requirePermission(ctx.actor, "read");
  const [row] = await readReviews(ctx, sql`(r.id = ${ref} or r.incident_id = ${ref})`);
  if (!row) return null;
  const review = toReviewDto(row);
  const [facts, entries, { actions }] = await Promise.all([
    readFacts(ctx, row.incident_id),
    listLogEntries(ctx, row.incident_id),
    listActions(ctx, { reviewId: row.id }),
  ]);
  const hidden = new Set(row.hidden_entry_ids);
  const end = Date.parse(review.incident.resolvedAt ?? review.createdAt);
  return {
    ...review,
    facts,
    timeline: entries.map((entry) => ({ ...entry, isHidden: hidden.has(entry.id) })),
    actions,
    actionsDueOn: new Date(end + actionDays(row.priority_rank) * DAY).toISOString().slice(0, 10),
  };
}

async function readFacts({ db }: Context, incidentId: string): Promise<ReviewFacts> {
  const [[row], people] = await Promise.all([
    db.execute<{
      detection_source: string;
      customer_impact: boolean | null;
      started_at: string;
      detected_at: string;
      created_at: string;
      first_ack_at: string | null;
      mitigated_at: string | null;
      resolved_at: string | null;
      alert_count: number;
    }>(sql`
      select f.detection_source, i.customer_impact, f.started_at::text, f.detected_at::text, f.created_at::text,
        f.first_ack_at::text, f.mitigated_at::text, f.resolved_at::text, f.alert_count
      from incident_facts f join incidents i on i.id = f.incident_id where f.incident_id = ${incidentId}`),
    db.execute<{ name: string; pages: number; first_at: string; acknowledged_at: string | null }>(sql`
      select u.name, count(*)::int as pages, min(p.created_at)::text as first_at,
        (select min(l.at)::text from log_entries l
          where l.incident_id = ${incidentId} and l.type = 'acknowledge' and l.actor_id = u.id) as acknowledged_at
      from pages p join users u on u.id = p.user_id where p.incident_id = ${incidentId}
      group by u.id, u.name order by min(p.created_at), u.name`),
  ]);
  if (!row) throw new AppError("not_found", "The incident has no facts yet.");
  const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString());
  const at = (text: string) => new Date(text).toISOString();
  return {
    detectionSource: row.detection_source,
    customerImpact: row.customer_impact,
    startedAt: at(row.started_at),
    detectedAt: at(row.detected_at),
    createdAt: at(row.created_at),
    firstAckAt: iso(row.first_ack_at),
    mitigatedAt: iso(row.mitigated_at),
    resolvedAt: iso(row.resolved_at),
    alertCount: row.alert_count,
    people: people.map(({ name, pages, first_at, acknowledged_at }) => ({
      name,
      pages,
      firstPagedAt: at(first_at),
      acknowledgedAt: iso(acknowledged_at),
    })),
  };
}
