import { and, count, eq, gt, isNull, sql } from "drizzle-orm";
import { integrationHours, intakeErrors } from "#db/schema/events";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { rhythmOf, rhythmSentence } from "#lib/events/rhythm";
import type { Rhythm } from "#lib/events/rhythm";
import type { IntegrationDto } from "#lib/services/queries/integrations";

export type IntegrationHealth = {
  kind: Rhythm["kind"];
  sentence: string;
  /** In how many of the last 24 hours it was heard. */
  heardHours: number;
  /** What could not be understood and is still to be done. */
  openErrors: number;
};

const LOOKED_AT_DAYS = 28;
const DAY = 86_400_000;

/** How an integration does by its own rhythm of the last 28 days. */
export async function readIntegrationHealth(
  ctx: Context,
  { id, lastEventAt }: Pick<IntegrationDto, "id" | "lastEventAt">,
): Promise<IntegrationHealth> {
  requirePermission(ctx.actor, "read");
  const h = integrationHours;
  const [now, heard, [errors]] = await Promise.all([
    readNow(ctx.db),
    ctx.db
      .select({ hour: h.hour })
      .from(h)
      .where(and(eq(h.integrationId, id), gt(h.hour, sql`now() - make_interval(days => ${LOOKED_AT_DAYS})`))),
    ctx.db
      .select({ open: count() })
      .from(intakeErrors)
      .where(and(eq(intakeErrors.integrationId, id), isNull(intakeErrors.replayedAt))),
  ]);
  const rhythm = rhythmOf(
    heard.map(({ hour }) => hour),
    lastEventAt === null ? null : new Date(lastEventAt),
    now,
  );
  const since = now.getTime() - DAY;
  const heardHours = heard.filter(({ hour }) => hour.getTime() > since).length;
  return { kind: rhythm.kind, sentence: rhythmSentence(rhythm), heardHours, openErrors: errors?.open ?? 0 };
}
