import { sql } from "drizzle-orm";
import { correctiveActions, problemIncidents, problems } from "#db/schema/problems";
import { reviews } from "#db/schema/reviews";
import { NOISY_SERVICE } from "#db/seed/demo/catalogue";
import type { InsertedPeople } from "#db/seed/demo/insert-people";
import type { InsertedService } from "#db/seed/demo/insert-services";
import { DEMO_RESPONDER } from "#db/seed/demo/staff";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";
import { templateOf } from "#lib/problems/template";
import { reviewDays, weekdaysAfter } from "#lib/reviews/review";

const DAY = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** A known error with its incidents and actions, and reviews of the last two major incidents: one published, one overdue. */
export async function insertProblems(
  tx: Transaction,
  now: Date,
  { byName }: InsertedPeople,
  services: readonly InsertedService[],
): Promise<void> {
  const service = services.find(({ name }) => name === NOISY_SERVICE);
  const owner = byName.get(DEMO_RESPONDER);
  if (!service || !owner) throw new Error("The demo has lost its noisy service or its responder.");
  await insertKnownError(tx, now, service.id, owner.id);
  await insertReviews(tx, now, owner.id);
}

async function insertKnownError(tx: Transaction, now: Date, serviceId: string, ownerId: string) {
  const at = now.getTime();
  const id = newId(at);
  const title = `${NOISY_SERVICE}: consumer lag above 100,000`;
  await tx.insert(problems).values({
    id,
    title: `${NOISY_SERVICE}: consumers fall behind when a provider replays`,
    state: "known_error",
    stateChangedAt: new Date(at - 9 * DAY),
    serviceId,
    template: templateOf(title),
    ownerId,
    cause: "A provider that reconnects replays its last hour; one consumer group takes it all.",
    workaround:
      "Pause the provider's replay topic for two minutes; the lag clears by itself. Nothing is lost.",
    dueOn: dayOf(at + 12 * DAY),
    createdAt: new Date(at - 30 * DAY),
    updatedAt: new Date(at - 9 * DAY),
    isDemo: true,
  });
  await tx.insert(problemIncidents).select(
    sql`select ${id}, i.id, 'caused_by', 'match', ${new Date(at - 9 * DAY).toISOString()}::timestamptz, null::timestamptz
      from incidents i where i.service_id = ${serviceId} and i.title = ${title} and i.merged_into_id is null
        and i.created_at > now() - interval '365 days'`,
  );
  const action = {
    problemId: id,
    ownerId,
    createdAt: new Date(at - 20 * DAY),
    updatedAt: new Date(at),
    isDemo: true,
  };
  await tx.insert(correctiveActions).values([
    {
      ...action,
      id: newId(at),
      title: "Give replays a consumer group of their own",
      type: "prevent",
      state: "in_progress",
      dueOn: dayOf(at - 3 * DAY),
    },
    {
      ...action,
      id: newId(at),
      title: "Alert on the age of the oldest message, not on lag",
      type: "detect",
      state: "done",
      dueOn: dayOf(at - 8 * DAY),
      endedAt: new Date(at - 10 * DAY),
    },
  ]);
}

async function insertReviews(tx: Transaction, now: Date, ownerId: string) {
  const majors = await tx.execute<{ id: string; rank: number; resolved_at: string }>(sql`
    select i.id, p.rank, i.resolved_at::text from incidents i join priorities p on p.id = i.priority_id and p.rank <= 2
    where i.status = 'resolved' and i.merged_into_id is null and i.resolved_at < now() - interval '12 days'
    order by i.resolved_at desc limit 2`);
  const rows = majors.map(({ id, rank, resolved_at }, index) => {
    const resolvedAt = new Date(resolved_at);
    const isPublished = index === 1;
    const at = new Date(resolvedAt.getTime() + DAY);
    return {
      id: newId(now.getTime()),
      incidentId: id,
      state: isPublished ? ("published" as const) : ("draft" as const),
      ownerId,
      dueOn: weekdaysAfter(resolvedAt, reviewDays(rank)),
      summary: "Customers saw errors for the length of the incident; a rollback ended it.",
      contributingFactors: isPublished
        ? "- The release was not behind a flag\n- The canary had **no traffic** of the region that failed"
        : null,
      wentWell: isPublished ? "The first page reached somebody within a minute." : null,
      createdAt: at,
      updatedAt: at,
      publishedAt: isPublished ? new Date(resolvedAt.getTime() + 3 * DAY) : null,
      isDemo: true,
    };
  });
  if (rows.length > 0) await tx.insert(reviews).values(rows);
}
