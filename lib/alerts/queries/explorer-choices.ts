import { inArray } from "drizzle-orm";
import { alertTemplates } from "#db/schema/noise";
import { integrations } from "#db/schema/services";
import type { AlertFilter } from "#lib/alerts/filter";
import type { Context } from "#lib/context";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";
import { templateText } from "#lib/noise/templates";

/** What the filters of alerts offer, and the names of the kinds and integrations that are in the filter. */
export async function readAlertChoices(
  ctx: Context,
  { kind, integration }: Pick<AlertFilter, "kind" | "integration">,
) {
  const [{ services, teams }, kinds, named] = await Promise.all([
    readFilterChoices(ctx),
    ctx.db
      .select({ id: alertTemplates.id, tokens: alertTemplates.tokens })
      .from(alertTemplates)
      .where(inArray(alertTemplates.id, [...kind])),
    ctx.db
      .select({ id: integrations.id, name: integrations.name })
      .from(integrations)
      .where(inArray(integrations.id, [...integration])),
  ]);
  return {
    services,
    teams: [...teams, { id: "none", name: "No team" }],
    kinds: kinds.map(({ id, tokens }) => ({ id, name: templateText(tokens) })),
    integrations: named,
  };
}
