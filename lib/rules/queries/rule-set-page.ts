import type { Context } from "#lib/context";
import { getRulePath, getRuleSet, readRuleChoices } from "#lib/rules/queries/rule-sets";
import type { RulePlace } from "#lib/rules/schemas";

/** What the page of a rule set shows. `version`: an older one that was asked for in the address, if there is such a one. */
export async function readRuleSetPage(
  ctx: Context,
  place: RulePlace,
  version: string | string[] | undefined,
) {
  const [set, choices] = await Promise.all([getRuleSet(ctx, place), readRuleChoices(ctx)]);
  const asked = typeof version === "string" ? Number(version) : set.version;
  const older = set.id !== null && Number.isSafeInteger(asked) && asked !== set.version;
  const path = older && set.id !== null ? await getRulePath(ctx, set.id, asked) : null;
  return { set, choices, chosen: path === null ? null : { version: asked, path } };
}
