import { and, asc, inArray, isNull, sql } from "drizzle-orm";
import { alertTemplates } from "#db/schema/noise";
import type { Transaction, TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { maskedTokens } from "#lib/noise/mask";
import { mine, NO_TEMPLATES, templateText } from "#lib/noise/templates";
import type { Template, TemplateState } from "#lib/noise/templates";

/** The kind of text that an alert is. */
export type Kind = { templateId: string; template: string; tokens: readonly string[] };

type Text = { alertId: string; serviceId: string; summary: string };

/** The kinds of alerts, learned on the way: alert id → kind. The scopes of their services are locked. */
export async function mineTemplates(
  scope: TransactionContext,
  texts: readonly Text[],
): Promise<Map<string, Kind>> {
  const { kinds, before, after } = await readKinds(scope.tx, texts);
  await save(scope, before, after);
  return kinds;
}

/** As mineTemplates, without learning: for a look ahead. */
export async function readKinds(tx: Transaction, texts: readonly Text[]) {
  const before = await loadStates(tx, [...new Set(texts.map(({ serviceId }) => serviceId))]);
  const after = new Map(before);
  const mined = texts.map(({ alertId, serviceId, summary }) => {
    const tokens = maskedTokens(summary);
    const { state, template } = mine(after.get(serviceId) ?? NO_TEMPLATES, tokens, () => newId());
    after.set(serviceId, state);
    return { alertId, serviceId, templateId: template.id, tokens };
  });
  const kinds = new Map(
    mined.map(({ alertId, serviceId, templateId, tokens }): [string, Kind] => {
      const template = after.get(serviceId)?.templates.find(({ id }) => id === templateId);
      return [alertId, { templateId, template: templateText(template?.tokens ?? tokens), tokens }];
    }),
  );
  return { kinds, before, after };
}

async function loadStates(tx: Transaction, serviceIds: string[]): Promise<Map<string, TemplateState>> {
  if (serviceIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(alertTemplates)
    .where(and(inArray(alertTemplates.serviceId, serviceIds), isNull(alertTemplates.retiredAt)))
    .orderBy(asc(alertTemplates.id));
  return new Map(
    [...Map.groupBy(rows, ({ serviceId }) => serviceId)].map(([serviceId, templates]) => [
      serviceId,
      { templates, seen: Math.max(...templates.map(({ seen }) => seen)) },
    ]),
  );
}

type States = ReadonlyMap<string, TemplateState>;

async function save({ tx, now }: TransactionContext, before: States, after: States): Promise<void> {
  const rows = [...after].flatMap(([serviceId, { templates }]) => {
    const known = new Set<Template>(before.get(serviceId)?.templates);
    return templates
      .filter((template) => !known.has(template))
      .map((template) => ({ ...template, serviceId }));
  });
  if (rows.length === 0) return;
  // In one order, so that no two transactions wait for each other here.
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await tx
    .insert(alertTemplates)
    .values(
      sorted.map(({ id, serviceId, tokens, size, seen }) => ({
        id,
        serviceId,
        tokens: [...tokens],
        size,
        seen,
        firstSeenAt: now,
        lastSeenAt: now,
      })),
    )
    .onConflictDoUpdate({
      target: alertTemplates.id,
      set: {
        tokens: sql`excluded.tokens`,
        size: sql`excluded.size`,
        seen: sql`excluded.seen`,
        lastSeenAt: sql`excluded.last_seen_at`,
      },
    });
  const retired = [...before].flatMap(([serviceId, { templates }]) => {
    const kept = new Set(after.get(serviceId)?.templates.map(({ id }) => id));
    return templates.flatMap(({ id }) => (kept.has(id) ? [] : id));
  });
  if (retired.length === 0) return;
  await tx.update(alertTemplates).set({ retiredAt: now }).where(inArray(alertTemplates.id, retired));
}
