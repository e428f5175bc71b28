import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { ReviewState } from "#lib/reviews/review";
import type { MissingReviewDto, ReviewDto } from "#lib/reviews/schemas";

type ReviewRow = {
  id: string;
  state: ReviewState;
  version: number;
  owner_id: string | null;
  owner_name: string | null;
  due_on: string;
  is_overdue: boolean;
  summary: string | null;
  impact: string | null;
  contributing_factors: string | null;
  went_well: string | null;
  went_poorly: string | null;
  lucky: string | null;
  hidden_entry_ids: string[];
  created_at: string;
  updated_at: string;
  published_at: string | null;
  incident_id: string;
  number: number;
  title: string;
  priority: string | null;
  priority_rank: number | null;
  service: string;
  incident_created_at: string;
  resolved_at: string | null;
};

const LIMIT = 200;
// How far back a major incident without a review is asked for.
const MISSING_DAYS = 60;

export type ReviewList = {
  reviews: ReviewDto[];
  /** Major incidents of the last 60 days that nobody has begun to review. */
  missing: MissingReviewDto[];
};

/** The reviews, those that wait first and by the day they are due; then the published, newest first. */
export async function listReviews(ctx: Context): Promise<ReviewList> {
  requirePermission(ctx.actor, "read");
  const [rows, missing] = await Promise.all([
    readReviews(ctx, sql`true`),
    ctx.db.execute<{ number: number; title: string; priority: string; resolved_at: string }>(sql`
      select i.number, i.title, p.name as priority, i.resolved_at::text from incidents i
      join priorities p on p.id = i.priority_id and p.rank <= 2
      where i.status = 'resolved' and i.merged_into_id is null and i.origin <> 'import'
        and i.resolved_at >= now() - make_interval(days => ${MISSING_DAYS})
        and not exists (select from reviews r where r.incident_id = i.id)
      order by i.resolved_at desc limit 50`),
  ]);
  return {
    reviews: rows.map(toReviewDto),
    missing: missing.map(({ resolved_at, ...rest }) => ({
      ...rest,
      resolvedAt: new Date(resolved_at).toISOString(),
    })),
  };
}

/** Reviews with their incidents; `condition` is about `r` and `i`. */
export async function readReviews({ db }: Pick<Context, "db">, condition: SQL): Promise<ReviewRow[]> {
  return [
    ...(await db.execute<ReviewRow>(sql`
      select r.id, r.state, r.version, r.owner_id, u.name as owner_name, r.due_on::text,
        r.state <> 'published' and r.due_on < (now() at time zone 'UTC')::date as is_overdue,
        r.summary, r.impact, r.contributing_factors, r.went_well, r.went_poorly, r.lucky, r.hidden_entry_ids,
        r.created_at::text, r.updated_at::text, r.published_at::text, i.id as incident_id, i.number, i.title,
        p.name as priority, p.rank as priority_rank, s.name as service, i.created_at::text as incident_created_at,
        i.resolved_at::text
      from reviews r
      join incidents i on i.id = r.incident_id
      join services s on s.id = i.service_id
      left join priorities p on p.id = i.priority_id
      left join users u on u.id = r.owner_id
      where ${condition}
      order by r.state = 'published', case when r.state <> 'published' then r.due_on end, r.published_at desc, r.id
      limit ${LIMIT}`)),
  ];
}

export function toReviewDto(row: ReviewRow): ReviewDto {
  const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString());
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
    dueOn: row.due_on,
    isOverdue: row.is_overdue,
    summary: row.summary,
    impact: row.impact,
    contributingFactors: row.contributing_factors,
    wentWell: row.went_well,
    wentPoorly: row.went_poorly,
    lucky: row.lucky,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    publishedAt: iso(row.published_at),
    incident: {
      id: row.incident_id,
      number: row.number,
      title: row.title,
      priority: row.priority,
      service: row.service,
      createdAt: new Date(row.incident_created_at).toISOString(),
      resolvedAt: iso(row.resolved_at),
    },
  };
}
