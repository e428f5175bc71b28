import { and, eq } from "drizzle-orm";
import { alertTemplates } from "#db/schema/noise";
import { EVERY_ALERT } from "#lib/alerts/filter";
import { adviseOn } from "#lib/alerts/kind-advice";
import { listAlertKinds } from "#lib/alerts/queries/alert-kinds";
import { within } from "#lib/alerts/span";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { suggestedRule, SUGGESTIONS } from "#lib/rules/suggested-rule";
import type { Rule } from "#lib/rules/rule";

type Asked = { suggest?: string | string[]; kind?: string | string[] };

/**
 * The rule that an address asks for about a kind of alert of a service, with what it would have done in the last 90 days. Null: it asks for
 * none, or for a kind that this service doesn't have.
 */
export async function readSuggestion(
  ctx: Context,
  serviceId: string,
  { suggest, kind }: Asked,
): Promise<Rule | null> {
  requirePermission(ctx.actor, "read");
  const suggestion = SUGGESTIONS.find((one) => one === suggest);
  if (suggestion === undefined || typeof kind !== "string") return null;
  const [template] = await ctx.db
    .select({ id: alertTemplates.id, tokens: alertTemplates.tokens })
    .from(alertTemplates)
    .where(and(eq(alertTemplates.id, kind), eq(alertTemplates.serviceId, serviceId)));
  if (!template) return null;
  const own = { ...EVERY_ALERT, service: [serviceId], kind: [kind] };
  const filter = within(own, "90d", ctx.actor.timeZone, await readNow(ctx.db));
  const { kinds } = await listAlertKinds(ctx, { filter, order: "alerts", limit: 1 });
  const advice = kinds[0] === undefined ? null : adviseOn(kinds[0]);
  const because = advice?.suggests === suggestion ? `In the last 90 days ${advice.because}.` : "";
  return suggestedRule(template, suggestion, because);
}
