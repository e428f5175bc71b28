import { inArray, or, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { groupingFeedback, groupings, groupingServices } from "#db/schema/noise";
import { serviceDependencies } from "#db/schema/services";
import type { Transaction } from "#lib/context";
import { lessonsFrom } from "#lib/noise/feedback";
import type { Lessons, PairFeedback } from "#lib/noise/feedback";
import type { GroupingFacts } from "#lib/noise/grouping";
import type { GroupingSetting } from "#lib/noise/grouping-setting";

/** What holds for the alerts of one service. */
export type ServiceGrouping = {
  setting: GroupingSetting;
  raisesUrgency: boolean;
  /** The services whose incidents its alerts may join, itself included. */
  serviceIds: readonly string[];
  /** The set's name, or null for a setting of its own. */
  name: string | null;
};

/** The settings of services that gather their alerts; the others have none. */
export async function loadGroupings(
  db: Database | Transaction,
  serviceIds: readonly string[],
): Promise<Map<string, ServiceGrouping>> {
  if (serviceIds.length === 0) return new Map();
  const wanted = db
    .select({ id: groupingServices.groupingId })
    .from(groupingServices)
    .where(inArray(groupingServices.serviceId, [...serviceIds]));
  const rows = await db
    .select({ grouping: groupings, serviceId: groupingServices.serviceId })
    .from(groupingServices)
    .innerJoin(groupings, sql`${groupings.id} = ${groupingServices.groupingId}`)
    .where(inArray(groupingServices.groupingId, wanted));
  const members = Map.groupBy(rows, ({ grouping }) => grouping.id);
  return new Map(
    rows.map(({ grouping, serviceId }) => {
      const { mode, windowSeconds, fields, aggregate, threshold, raisesUrgency, name } = grouping;
      const setting = { mode, windowSeconds, fields, aggregate, threshold };
      const together = (members.get(grouping.id) ?? []).map((row) => row.serviceId);
      return [serviceId, { setting, raisesUrgency, serviceIds: together, name }];
    }),
  );
}

/** What people taught about kinds of alerts, and which services lean on each other. */
export async function loadGroupingFacts(
  db: Database | Transaction,
  templateIds: readonly string[],
  serviceIds: readonly string[],
): Promise<GroupingFacts> {
  const [lessons, near] = await Promise.all([loadLessons(db, templateIds), loadNear(db, serviceIds)]);
  return { lessons, adjacent: (a, b) => near.has(`${a} ${b}`) };
}

async function loadLessons(db: Database | Transaction, templateIds: readonly string[]): Promise<Lessons> {
  const ids = [...new Set(templateIds)];
  if (ids.length === 0) return lessonsFrom([]);
  const count = (judgement: string) =>
    sql<number>`(count(*) filter (where ${groupingFeedback.judgement} = ${judgement}))::int`;
  const rows: PairFeedback[] = await db
    .select({
      templateA: groupingFeedback.templateA,
      templateB: groupingFeedback.templateB,
      together: count("together"),
      apart: count("apart"),
    })
    .from(groupingFeedback)
    .where(or(inArray(groupingFeedback.templateA, ids), inArray(groupingFeedback.templateB, ids)))
    .groupBy(groupingFeedback.templateA, groupingFeedback.templateB);
  return lessonsFrom(rows);
}

async function loadNear(db: Database | Transaction, serviceIds: readonly string[]): Promise<Set<string>> {
  if (serviceIds.length < 2) return new Set();
  const ids = [...serviceIds];
  const rows = await db
    .select()
    .from(serviceDependencies)
    .where(inArray(serviceDependencies.dependentId, ids));
  return new Set(
    rows.flatMap(({ dependentId, supportingId }) => [
      `${dependentId} ${supportingId}`,
      `${supportingId} ${dependentId}`,
    ]),
  );
}
