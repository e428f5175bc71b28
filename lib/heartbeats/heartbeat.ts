import type { Severity } from "#lib/alerts/vocabulary";
import type { NormalisedEvent } from "#lib/events/event";
import { formatDuration } from "#lib/time/format";

export const SHORTEST_PERIOD_SECONDS = 30;
/** 31 days. */
export const LONGEST_PERIOD_SECONDS = 2_678_400;
/** While it stays silent that is told again, so that an incident that somebody closed too early does not hide it; not more often than this. */
const REMIND_SECONDS = 3_600;

/** What is expected: a signal every so often, and how much later it may come. */
export interface HeartbeatPlan {
  id: string;
  name: string;
  everySeconds: number;
  graceSeconds: number;
  severity: Severity;
}

export interface HeartbeatState {
  lastBeatAt: Date | null;
  /** When the engine looks next; null: it never reported in. */
  dueAt: Date | null;
  isLate: boolean;
}

/** The state after a signal, and the event that closes what its silence opened. */
export function afterBeat(
  plan: HeartbeatPlan,
  state: HeartbeatState,
  now: Date,
): { state: HeartbeatState; event: NormalisedEvent | null } {
  const next = { lastBeatAt: now, dueAt: lateAt(plan, now), isLate: false };
  if (!state.isLate) return { state: next, event: null };
  return { state: next, event: eventOf(plan, "resolve", `${plan.name} reports again`, now) };
}

/** What the engine finds when it looks: null as long as nothing is late, else the state and the event that says so. */
export function whenDue(
  plan: HeartbeatPlan,
  state: HeartbeatState,
  now: Date,
): { state: HeartbeatState; event: NormalisedEvent } | null {
  if (state.lastBeatAt === null || state.dueAt === null || state.dueAt > now) return null;
  const silence = formatDuration(now.getTime() - state.lastBeatAt.getTime());
  const grace = plan.graceSeconds === 0 ? "" : ` and ${formatDuration(plan.graceSeconds * 1000)} of grace`;
  const expected = `expected every ${formatDuration(plan.everySeconds * 1000)}${grace}`;
  const remindAt = new Date(now.getTime() + Math.max(plan.everySeconds, REMIND_SECONDS) * 1000);
  return {
    state: { ...state, dueAt: remindAt, isLate: true },
    event: eventOf(plan, "trigger", `${plan.name}: no signal for ${silence}, ${expected}`, now),
  };
}

/** The state under a changed plan: what is late stays so until it reports; what is not is judged by the new plan from its last signal. */
export function underPlan(plan: HeartbeatPlan, state: HeartbeatState): HeartbeatState {
  if (state.isLate || state.lastBeatAt === null) return state;
  return { ...state, dueAt: lateAt(plan, state.lastBeatAt) };
}

function lateAt({ everySeconds, graceSeconds }: HeartbeatPlan, beatAt: Date): Date {
  return new Date(beatAt.getTime() + (everySeconds + graceSeconds) * 1000);
}

function eventOf(
  plan: HeartbeatPlan,
  action: "trigger" | "resolve",
  summary: string,
  now: Date,
): NormalisedEvent {
  const facts = {
    dedupKey: `heartbeat:${plan.id}`,
    summary,
    source: plan.name,
    timestamp: now.toISOString(),
    component: null,
    group: null,
    class: "heartbeat",
    customDetails: { everySeconds: plan.everySeconds, graceSeconds: plan.graceSeconds },
    links: [],
    images: [],
    client: null,
    clientUrl: null,
    warnings: [],
  };
  return action === "trigger"
    ? { ...facts, action, severity: plan.severity }
    : { ...facts, action, severity: null };
}
