import { and, desc, eq, inArray, isNull, isNotNull, sql } from "drizzle-orm";
import { inbox } from "#db/schema/events";
import { incidentFacts } from "#db/schema/incident-facts";
import { integrations, services } from "#db/schema/services";
import { holdOf } from "#lib/alerts/verdict";
import type { RuleVerdict } from "#lib/alerts/verdict";
import { actedCase, SAID_OF_INCIDENTS } from "#lib/alerts/queries/acted";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { parseEnqueueV2 } from "#lib/events/enqueue-v2";
import type { NormalisedEvent } from "#lib/events/event";
import { countFor } from "#lib/rules/count";
import type { Counted } from "#lib/rules/count";
import { judgeSafely } from "#lib/rules/judge-safely";
import type { Sets } from "#lib/rules/judge";
import { checkPath } from "#lib/rules/queries/check-path";
import type { PathCheck } from "#lib/rules/queries/check-path";
import { compileSet } from "#lib/rules/queries/compile-set";
import { loadHeads, loadSets } from "#lib/rules/queries/load-sets";
import { loadCache } from "#lib/rules/queries/load-cache";
import type { Cache } from "#lib/rules/queries/load-cache";
import { readingOf } from "#lib/rules/queries/read-paths";
import type { RulePlace, TryRulesInput } from "#lib/rules/schemas";

/** What would become of an event. */
export type TriedOutcome = "pages" | "suppressed" | "paused" | "dropped" | "ends or acknowledges";

export type TriedEvent = {
  id: string;
  /** ISO 8601; null: it was pasted. */
  receivedAt: string | null;
  summary: string;
  /** The rules of this set that match, in order. */
  rules: string[];
  before: TriedOutcome;
  after: TriedOutcome;
  /** What else changes: service, severity, key … in words. */
  changes: string[];
  incident: { number: number; actedOn: boolean } | null;
};

export type RulesTrial = PathCheck & {
  events: TriedEvent[];
  /** Times that each rule matched these events. */
  matches: Record<string, number>;
  /** Incidents that these events opened, and that would not have been there; and those of them that were acted on. */
  hidden: { incidents: number; actedOn: number[] };
};

const LAST_EVENTS = 200;

type Sample = {
  id: string;
  receivedAt: Date | null;
  event: NormalisedEvent;
  dedupKey: string;
  raw: unknown;
  serviceId: string;
  isRouted: boolean;
  incident: { number: number; actedOn: boolean } | null;
  opened: boolean;
};

/**
 * Judges the last events of a place, or a pasted one, by rules that are not published, and tells what would be different from the
 * rules in force. Thresholds count these events alone.
 */
export async function tryRules(ctx: Context, input: TryRulesInput): Promise<RulesTrial> {
  requirePermission(ctx.actor, "read");
  const check = checkPath(input.kind, input.path);
  const [{ heads }, samples, names, now, cache] = await Promise.all([
    loadHeads(ctx.db),
    input.payload === null ? lastEvents(ctx, input) : pasted(input.payload, input),
    serviceNames(ctx),
    readNow(ctx.db),
    loadCache(ctx.db),
  ]);
  const current = await loadSets(ctx.db, heads);
  const draft = replaced(current, input);
  const [before, after] = [current, draft].map((sets) => judgeAll(samples, sets, { names, now, cache }));
  const events = samples.map((sample, index): TriedEvent => {
    const [was, becomes] = [before?.[index], after?.[index]];
    if (!was || !becomes) throw new Error("An event was not judged.");
    return {
      id: sample.id,
      receivedAt: sample.receivedAt?.toISOString() ?? null,
      summary: sample.event.summary || sample.dedupKey,
      rules: becomes.hits.flatMap(({ setId, ruleId }) => (setId === DRAFT ? [ruleId] : [])),
      before: outcomeOf(was.verdict, now),
      after: outcomeOf(becomes.verdict, now),
      changes: changesOf(was.verdict, becomes.verdict, names),
      incident: sample.incident,
    };
  });
  return {
    ...check,
    events: events.toReversed(),
    matches: matchesOf(events),
    hidden: hiddenOf(events, samples),
  };
}

const DRAFT = "draft";

function replaced(sets: Sets, { kind, serviceId, path }: TryRulesInput): Sets {
  const { judging } = compileSet({ id: DRAFT, kind, name: "this draft", version: 0 }, path);
  if (kind !== "service") return { ...sets, [kind]: judging };
  return { ...sets, ofService: (id) => (id === serviceId ? judging : sets.ofService(id)) };
}

/** Cache variables are as they are now, whatever was then: what they were is not kept. */
function judgeAll(
  samples: readonly Sample[],
  sets: Sets,
  { names, now, cache }: { names: ReadonlyMap<string, string>; now: Date; cache: Cache | null },
) {
  const counts = new Map<string, Counted>();
  const idByName = new Map([...names].map(([id, name]) => [name.toLowerCase(), id]));
  return samples.map(({ event, dedupKey, raw, receivedAt, serviceId, isRouted }) => {
    const at = receivedAt ?? now;
    return judgeSafely({ event, dedupKey, raw, at, ownServiceId: serviceId, isRouted }, sets, {
      reading: readingOf,
      observe: (ofService) => cache?.valuesAt(ofService, now.getTime()) ?? null,
      findService: (by, value) =>
        by === "id" ? (names.has(value) ? value : null) : (idByName.get(value.toLowerCase()) ?? null),
      exceeds(ruleId, threshold) {
        const { counted, exceeds } = countFor(counts.get(ruleId) ?? [], threshold, at.getTime());
        counts.set(ruleId, counted);
        return exceeds;
      },
    });
  });
}

function outcomeOf(verdict: RuleVerdict, now: Date): TriedOutcome {
  if (verdict.event.action !== "trigger") return "ends or acknowledges";
  if (verdict.drop !== null) return "dropped";
  return holdOf(verdict, now)?.kind ?? "pages";
}

function changesOf(was: RuleVerdict, becomes: RuleVerdict, names: ReadonlyMap<string, string>): string[] {
  const serviceOf = ({ serviceId }: RuleVerdict) =>
    serviceId === null ? "its own service" : (names.get(serviceId) ?? serviceId);
  const pairs: [string, string, string][] = [
    ["service", serviceOf(was), serviceOf(becomes)],
    ["key", was.dedupKey, becomes.dedupKey],
    ["summary", was.event.summary, becomes.event.summary],
    ["source", was.event.source, becomes.event.source],
    ["severity", was.event.severity ?? "none", becomes.event.severity ?? "none"],
    ["action", was.event.action, becomes.event.action],
    ["urgency", was.terms.urgency ?? "by the service", becomes.terms.urgency ?? "by the service"],
    ["tags", was.tags.join(", ") || "none", becomes.tags.join(", ") || "none"],
    ["notes", String(was.terms.notes.length), String(becomes.terms.notes.length)],
    ["priority", was.terms.priorityId ?? "none", becomes.terms.priorityId ?? "none"],
    ["policy", was.terms.policyId ?? "of the service", becomes.terms.policyId ?? "of the service"],
  ];
  return pairs.flatMap(([name, from, to]) => {
    if (from === to) return [];
    return name === "priority" || name === "policy"
      ? [`another ${name}`]
      : [`${name}: ${from} becomes ${to}`];
  });
}

function matchesOf(events: readonly TriedEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const ruleId of events.flatMap(({ rules }) => rules)) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
  return counts;
}

function hiddenOf(events: readonly TriedEvent[], samples: readonly Sample[]): RulesTrial["hidden"] {
  const hidden = new Map(
    events.flatMap(({ before, after, incident }, index) =>
      incident !== null &&
      samples[index]?.opened === true &&
      before === "pages" &&
      (after === "suppressed" || after === "dropped")
        ? [[incident.number, incident.actedOn] as const]
        : [],
    ),
  );
  return {
    incidents: hidden.size,
    actedOn: [...hidden].flatMap(([number, actedOn]) => (actedOn ? [number] : [])),
  };
}

/** The last events that came by the place, oldest first. */
async function lastEvents(ctx: Context, { kind, serviceId }: RulePlace): Promise<Sample[]> {
  const by = ctx.db
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      kind === "service" ? eq(integrations.serviceId, serviceId ?? "") : eq(integrations.isRouted, true),
    );
  const rows = await ctx.db
    .select({
      id: inbox.id,
      receivedAt: inbox.receivedAt,
      event: sql<NormalisedEvent>`${inbox.event}`,
      raw: sql<unknown>`${inbox.raw}`,
      dedupKey: inbox.dedupKey,
      outcome: inbox.outcome,
      serviceId: integrations.serviceId,
      isRouted: integrations.isRouted,
      number: incidentFacts.number,
      actedOn: sql<boolean>`coalesce(${actedCase("incident_facts", "said")} = 'yes', false)`,
    })
    .from(inbox)
    .innerJoin(integrations, eq(integrations.id, inbox.integrationId))
    .leftJoin(incidentFacts, eq(incidentFacts.incidentId, inbox.incidentId))
    .leftJoin(sql`${SAID_OF_INCIDENTS} said`, sql`said.incident_id = ${inbox.incidentId}`)
    .where(and(inArray(inbox.integrationId, by), isNotNull(inbox.processedAt)))
    .orderBy(desc(inbox.id))
    .limit(LAST_EVENTS);
  return rows.toReversed().map(({ id, number, actedOn, outcome, ...row }) => ({
    ...row,
    id: String(id),
    opened: outcome === "create",
    incident: number === null ? null : { number, actedOn },
  }));
}

/** An event as it would be sent to the Events API, or its payload alone. */
function pasted(text: string, { kind, serviceId }: RulePlace): Sample[] {
  const invalid = (message: string) =>
    new AppError("invalid", message, { fields: [{ field: "payload", message }] });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid("This is not JSON.");
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw invalid("An event is a JSON object.");
  const whole = "payload" in json ? json : { payload: json };
  const filled = { routing_key: "0".repeat(32), event_action: "trigger", dedup_key: "pasted", ...whole };
  const parsed = parseEnqueueV2(filled);
  if (parsed.kind !== "event") throw invalid(parsed.errors.join(" "));
  const { event } = parsed;
  return [
    {
      id: "pasted",
      receivedAt: null,
      event,
      dedupKey: event.dedupKey ?? "pasted",
      raw: null,
      serviceId: serviceId ?? "",
      isRouted: kind !== "service",
      incident: null,
      opened: false,
    },
  ];
}

async function serviceNames(ctx: Context): Promise<Map<string, string>> {
  const rows = await ctx.db
    .select({ id: services.id, name: services.name })
    .from(services)
    .where(isNull(services.deletedAt));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
