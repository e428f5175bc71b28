import { z } from "zod";
import type { ImportedIncident, ParsedRecord, SkipReason } from "#lib/imports/imported-incident";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const name = z.object({ name: z.string() });

const update = z.object({
  status: z.string(),
  body: z.string().nullish(),
  display_at: instant.nullish(),
  created_at: instant,
});

const record = z.object({
  id: z.string().min(1).max(200),
  name: z.string().min(1),
  status: z.string(),
  impact: z.string().nullish(),
  created_at: instant,
  started_at: instant.nullish(),
  monitoring_at: instant.nullish(),
  resolved_at: instant.nullish(),
  shortlink: z.string().nullish(),
  scheduled_for: z.string().nullish(),
  components: z.array(name).nullish(),
  incident_updates: z.array(update).nullish(),
});

const RANKS: Record<string, number> = { critical: 1, major: 2, minor: 4 };
const MAINTENANCE = ["scheduled", "in_progress", "verifying", "completed"];
const TITLE_LENGTH = 1024;
const TEXT_LENGTH = 25_000;

/** Reads one incident of Statuspage's JSON (its public API v2 and its archive export have the same shape). */
export function parseStatuspageRecord(text: string): ParsedRecord {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return skip("is not valid JSON", text.slice(0, 80));
  }
  const parsed = record.safeParse(json);
  if (parsed.success) return judge(parsed.data);
  const issue = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`)[0] ?? "";
  return skip("lacks what an incident needs", `${idOf(json)}: ${issue}`);
}

function judge(data: z.infer<typeof record>): ParsedRecord {
  const about = `${data.id} “${data.name.slice(0, 80)}”`;
  if (data.impact === "maintenance" || data.scheduled_for || MAINTENANCE.includes(data.status)) {
    return skip("is scheduled maintenance", about);
  }
  if (!data.resolved_at) return skip("is not resolved yet", about);
  const startedAt = data.started_at ?? data.created_at;
  if (data.resolved_at < startedAt) {
    const times = `${startedAt.toISOString()} to ${data.resolved_at.toISOString()}`;
    return skip("ends before it starts", `${about}: ${times}`);
  }
  return { kind: "incident", incident: toIncident(data, startedAt, data.resolved_at) };
}

function toIncident(data: z.infer<typeof record>, startedAt: Date, resolvedAt: Date): ImportedIncident {
  const rank = RANKS[data.impact ?? ""] ?? null;
  const components = (data.components ?? []).map((component) => storable(component.name).slice(0, 255));
  const updates = (data.incident_updates ?? []).map(({ display_at, created_at, status, body }) => ({
    at: display_at ?? created_at,
    status,
    text: plainText(body ?? "").slice(0, TEXT_LENGTH),
  }));
  return {
    externalId: `statuspage/${data.id}`,
    title: storable(data.name).slice(0, TITLE_LENGTH) || "Untitled",
    url: data.shortlink && /^https?:\/\//.test(data.shortlink) ? data.shortlink : null,
    components: [...new Set(components.filter((component) => component !== ""))],
    urgency: rank !== null && rank <= 2 ? "high" : "low",
    priorityRank: rank,
    customerImpact: data.impact ? data.impact !== "none" : null,
    startedAt,
    mitigatedAt: data.monitoring_at ?? null,
    resolvedAt,
    updates: updates.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

function skip(reason: SkipReason, example: string): ParsedRecord {
  return { kind: "skipped", reason, example };
}

function idOf(json: unknown): string {
  const parsed = z.object({ id: z.coerce.string() }).safeParse(json);
  return parsed.success ? parsed.data.id.slice(0, 80) : "a record without id";
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

/** PostgreSQL text can't hold a NUL. */
function storable(text: string): string {
  return text.replaceAll("\0", "").trim();
}
