import { z } from "zod";
import { addressOf, componentsOf, judgeTimes, skip, storable, titleOf } from "#lib/imports/imported-incident";
import type { ImportedIncident, ParsedRecord } from "#lib/imports/imported-incident";
import { importedInstant, readRecord } from "#lib/imports/read-record";

const name = z.object({ name: z.string() });

const update = z.object({
  status: z.string(),
  body: z.string().nullish(),
  display_at: importedInstant.nullish(),
  created_at: importedInstant,
});

const record = z.object({
  id: z.string().min(1).max(200),
  name: z.string().min(1),
  status: z.string(),
  impact: z.string().nullish(),
  created_at: importedInstant,
  started_at: importedInstant.nullish(),
  monitoring_at: importedInstant.nullish(),
  resolved_at: importedInstant.nullish(),
  shortlink: z.string().nullish(),
  scheduled_for: z.string().nullish(),
  components: z.array(name).nullish(),
  incident_updates: z.array(update).nullish(),
});

const RANKS: Record<string, number> = { critical: 1, major: 2, minor: 4 };
/** What pages list among their components to send readers elsewhere: "Visit www.example.com for more information". */
const SIGNPOST = /^(?:visit|see|go to)\s.*\w\.\w/i;
const MAINTENANCE = ["scheduled", "in_progress", "verifying", "completed"];

/** Reads one incident of Statuspage's JSON (its public API v2 and its archive export have the same shape). */
export function parseStatuspageRecord(text: string): ParsedRecord {
  const read = readRecord(record, text, "lacks what an incident needs");
  return read.kind === "skipped" ? read : judge(read.data);
}

function judge(data: z.infer<typeof record>): ParsedRecord {
  const about = `${data.id} “${data.name.slice(0, 80)}”`;
  if (data.impact === "maintenance" || data.scheduled_for || MAINTENANCE.includes(data.status)) {
    return skip("is scheduled maintenance", about);
  }
  if (!data.resolved_at) return skip("is not resolved yet", about);
  return judgeTimes(toIncident(data, data.started_at ?? data.created_at, data.resolved_at));
}

function toIncident(data: z.infer<typeof record>, startedAt: Date, resolvedAt: Date): ImportedIncident {
  const rank = RANKS[data.impact ?? ""] ?? null;
  const names = (data.components ?? []).map((component) => component.name);
  const components = componentsOf(names.filter((component) => !SIGNPOST.test(component)));
  const updates = (data.incident_updates ?? []).map(({ display_at, created_at, status, body }, index) => ({
    at: display_at ?? created_at,
    key: String(index),
    type: "status_update" as const,
    by: null,
    note: plainText(body ?? ""),
    data: { status },
  }));
  const others = components.slice(1);
  return {
    externalId: `statuspage/${data.id}`,
    title: titleOf(data.name),
    body: others.length > 0 ? `Also affected: ${others.join(", ")}` : null,
    url: addressOf(data.shortlink),
    components,
    urgency: rank !== null && rank <= 2 ? "high" : "low",
    priorityRank: rank,
    detectionSource: "unknown",
    customerImpact: data.impact ? data.impact !== "none" : null,
    startedAt,
    createdAt: startedAt,
    mitigatedAt: data.monitoring_at ?? null,
    resolvedAt,
    resolvedBy: null,
    entries: updates.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/** Updates are HTML; a timeline shows text. */
export function plainText(html: string): string {
  const lines = html.replaceAll(/<(?:br|\/p|\/li|\/ul|\/div)\b[^>]*>/gi, "\n").replaceAll(/<[^>]*>/g, "");
  const text = lines.replaceAll(
    /&(amp|lt|gt|quot|#39|nbsp);/g,
    (_, entity: string) => ENTITIES[entity] ?? "",
  );
  return storable(text)
    .replaceAll(/[ \t]+\n/g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}
