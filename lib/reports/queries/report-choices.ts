import { and, asc, isNotNull, isNull } from "drizzle-orm";
import { services } from "#db/schema/services";
import type { Context } from "#lib/context";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";

/** What the filters of reports offer: those of incidents, and the features of services. */
export async function readReportChoices(ctx: Context) {
  const [choices, features] = await Promise.all([
    readFilterChoices(ctx),
    ctx.db
      .selectDistinct({ feature: services.feature })
      .from(services)
      .where(and(isNull(services.deletedAt), isNotNull(services.feature)))
      .orderBy(asc(services.feature)),
  ]);
  return { ...choices, features: features.flatMap(({ feature }) => feature ?? []) };
}
