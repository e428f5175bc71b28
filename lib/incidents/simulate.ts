import { afterTurns } from "#lib/escalation/choose-people";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { applied } from "#lib/incidents/applied";
import { escalate } from "#lib/incidents/assign";
import type { IncidentChange, IncidentState, LogDraft, PageRequest } from "#lib/incidents/incident";
import { enterNext } from "#lib/incidents/nobody-answered";
import type { Urgency } from "#lib/incidents/vocabulary";

export type SimulatedPage = PageRequest & {
  /** Minutes after the incident began at which what is still waiting of this page is cancelled; null: never. */
  endsAtMinute: number | null;
};

/** What happens at one instant of an incident that nobody acknowledges. */
export type SimulatedStep = {
  /** Minutes after the incident began. */
  minute: number;
  at: Date;
  /** `turn`: the level hands on. `told`: people are told beside whoever has it. `end`: nothing more happens. */
  kind: "level" | "turn" | "told" | "wait" | "fallback" | "nobody" | "handed-over" | "end" | "and-so-on";
  /** 1-based; null: no level of the policy. */
  level: number | null;
  /** The pass through the policy, from 1. */
  pass: number;
  pages: SimulatedPage[];
  urgency: Urgency;
  skipped: { level: number; because: string }[];
  /** What else happened and why, for the timeline's sentences. */
  log: LogDraft[];
};

export type Simulation = {
  policy: PolicySnapshot;
  urgency: Urgency;
  escalateLowUrgency: boolean;
  from: Date;
  maxMinutes: number;
};

const MINUTE = 60_000;
const MOST_STEPS = 40;

/**
 * Walks an incident as if it began at `from` and nobody acknowledged: the same transitions as in earnest, each with the people on
 * call at its own instant, and the ring turns it would take; while nobody is there at all, trying again is not told. Ends when
 * nothing more is due, at the latest with the last step within `maxMinutes`.
 */
export function simulateIncident(
  simulation: Simulation,
  factsAt: (at: Date) => OnCallFacts,
): SimulatedStep[] {
  const { from, maxMinutes } = simulation;
  const taken: { change: IncidentChange; step: SimulatedStep }[] = [];
  let state = opened(simulation);
  let turns: IncidentChange["rings"] = [];
  let at = from;
  while (at.getTime() - from.getTime() <= maxMinutes * MINUTE) {
    const facts = afterTurns(factsAt(at), turns);
    const change =
      taken.length === 0
        ? enterNext(state, TOP, facts, at, { kind: "first", reason: "assigned" })
        : escalate(state, facts, at, { kind: "timeout" });
    if (change.kind === "refused") break;
    turns = [...turns, ...(change.rings ?? [])];
    state = applied(state, change, (userId) => facts.people.get(userId)?.name ?? userId);
    const minute = Math.round((at.getTime() - from.getTime()) / MINUTE);
    if (change.log.length > 0) taken.push({ change, step: stepOf(state, change, minute, at) });
    const due = state.pending.find(({ type }) => type === "escalate");
    if (!due) break;
    if (taken.length >= MOST_STEPS) {
      const dueMinute = Math.round((due.at.getTime() - from.getTime()) / MINUTE);
      const last = stepOf(state, { ...change, pages: [], log: [] }, dueMinute, due.at);
      taken.push({ change, step: { ...last, kind: "and-so-on" } });
      break;
    }
    at = due.at;
  }
  return taken.map(({ step }, index) => {
    const next = taken.slice(index + 1).find(({ change }) => change.cancelPages);
    const endsAtMinute = next?.step.minute ?? null;
    return { ...step, pages: step.pages.map((page) => ({ ...page, endsAtMinute })) };
  });
}

function stepOf(state: IncidentState, change: IncidentChange, minute: number, at: Date): SimulatedStep {
  const kind = kindOf(state, change);
  return {
    minute,
    at,
    kind,
    level:
      kind === "level" || kind === "turn" || kind === "told" || kind === "handed-over" ? state.level : null,
    pass: state.loop + 1,
    urgency: state.urgency,
    pages: (change.pages ?? []).map((page) => ({ ...page, endsAtMinute: null })),
    skipped: change.log.flatMap(({ type, data }) =>
      type === "skip_level" ? [{ level: Number(data?.["level"]), because: String(data?.["because"]) }] : [],
    ),
    log: change.log.filter(({ type }) => type !== "skip_level"),
  };
}

function kindOf(state: IncidentState, { log, assignees }: IncidentChange): SimulatedStep["kind"] {
  const has = (type: LogDraft["type"]) => log.some((entry) => entry.type === type);
  if (has("delegate")) return "handed-over";
  if (has("exhaust_escalation_path") && assignees === undefined) return "end";
  if (has("fallback")) return "fallback";
  if (has("coverage_gap")) return "nobody";
  if (has("wait_level")) return "wait";
  if (assignees === undefined) return "told";
  return log.some(({ data }) => data?.["kind"] === "turn") ? "turn" : "level";
}

/** An incident that begins now and that nobody was told about yet. */
function opened({ policy, urgency, escalateLowUrgency, from }: Simulation): IncidentState {
  return {
    id: "",
    number: 0,
    title: "",
    status: "triggered",
    urgency,
    serviceId: "",
    policy,
    assignedVia: "escalation_policy",
    ...TOP,
    ringMembers: {},
    nobodyAnswered: [],
    priorityId: null,
    step: 0,
    generation: 0,
    createdAt: from,
    acknowledgedAt: null,
    resolvedAt: null,
    snoozedUntil: null,
    reopenCount: 0,
    mergedIntoId: null,
    assignees: [],
    acknowledgers: [],
    pending: [],
    service: {
      acknowledgementTimeout: null,
      autoResolveTimeout: null,
      escalateLowUrgency,
      supportHours: null,
      raiseUrgencyAt: null,
    },
  };
}
