import type { alerts } from "#db/schema/events";
import type { alertTemplates } from "#db/schema/noise";
import { newId } from "#lib/ids";
import { maskedTokens } from "#lib/noise/mask";
import { mine, NO_TEMPLATES } from "#lib/noise/templates";
import type { TemplateState } from "#lib/noise/templates";

type AlertRow = typeof alerts.$inferInsert;

/** Gives alerts their kinds as the engine would have, in the order in which they came; answers the kinds. */
export function assignKinds(rows: readonly AlertRow[], now: Date): (typeof alertTemplates.$inferInsert)[] {
  const states = new Map<string, TemplateState>();
  const seen = new Map<string, { first: Date; last: Date }>();
  const known = new Map<string, string>();
  const inOrder = rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  for (const row of inOrder) {
    const before = states.get(row.serviceId) ?? NO_TEMPLATES;
    const { state, template } = mine(before, tokensOf(row.summary, known), () =>
      newId(row.createdAt.getTime()),
    );
    states.set(row.serviceId, state);
    seen.set(template.id, { first: seen.get(template.id)?.first ?? row.createdAt, last: row.createdAt });
    Object.assign(row, { templateId: template.id });
  }
  return [...states].flatMap(([serviceId, { templates }]) =>
    templates.map(({ id, tokens, size, seen: place }) => ({
      id,
      serviceId,
      tokens: [...tokens],
      size,
      seen: place,
      firstSeenAt: seen.get(id)?.first ?? now,
      lastSeenAt: seen.get(id)?.last ?? now,
    })),
  );
}

/** The demo has few texts and thousands of alerts. */
function tokensOf(summary: string, known: Map<string, string>): string[] {
  const text = known.get(summary) ?? maskedTokens(summary).join(" ");
  known.set(summary, text);
  return text.split(" ");
}
