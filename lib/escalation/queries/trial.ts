import { inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { schedules } from "#db/schema/schedules";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { peopleAt } from "#lib/escalation/choose-people";
import { loadFactsOverTime } from "#lib/escalation/queries/facts-over-time";
import { nameNobodyAnswered } from "#lib/escalation/queries/nobody-answered";
import { snapshotPolicy } from "#lib/escalation/queries/snapshot-policies";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { policyTrialSchema } from "#lib/escalation/schemas";
import type { PolicyTrial } from "#lib/escalation/schemas";
import { warnAboutPolicy } from "#lib/escalation/warnings";
import type { PolicyWarning } from "#lib/escalation/warnings";
import { logSentence } from "#lib/incidents/log-sentence";
import { simulateIncident } from "#lib/incidents/simulate";
import type { SimulatedPage, SimulatedStep, Simulation } from "#lib/incidents/simulate";
import { maskAddress } from "#lib/notifications/address";
import { limitOfPerson } from "#lib/notifications/low-urgency-hours";
import { planPage } from "#lib/notifications/plan-page";
import { readRecipients } from "#lib/notifications/queries/recipients";
import type { Recipient } from "#lib/notifications/queries/recipients";
import type { Channel, PageReason } from "#lib/notifications/vocabulary";
import { parseInput } from "#lib/parse-input";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";
import { loadReadiness } from "#lib/people/queries/readiness";
import type { Readiness } from "#lib/people/readiness";
import { DAY, MINUTE } from "#lib/time/calendar";

const LONGEST_DAYS = 3;

export type TrialDelivery = {
  channel: Channel;
  address: string;
  /** Minutes after the incident began. */
  minute: number;
  at: string;
  /** Null: it is sent. Else the minute at which it is cancelled before its time. */
  cancelledAtMinute: number | null;
};

export type TrialPerson = {
  user: PersonRef;
  reason: PageReason;
  because: string;
  isReachable: boolean;
  /** Minutes from being told to the first notification. */
  firstStepMinutes: number;
  deliveries: TrialDelivery[];
};

export type TrialStep = Pick<SimulatedStep, "minute" | "kind" | "level" | "pass" | "urgency" | "skipped"> & {
  at: string;
  people: TrialPerson[];
  /** What else happens, in sentences of the timeline. */
  notes: string[];
};

/** What a policy would do if an incident began at `at` and nobody acknowledged it, and what speaks against it then. */
export type PolicyTrialResult = { at: string; steps: TrialStep[]; warnings: PolicyWarning[] };

/** Tries a policy out, saved or not, with the decisions that page in earnest. Nothing is written and nobody is told. */
export async function tryPolicy(ctx: Context, input: PolicyTrial): Promise<PolicyTrialResult> {
  requirePermission(ctx.actor, "read");
  const { at, urgency, escalateLowUrgency, ...draft } = parseInput(policyTrialSchema, input);
  const from = at === undefined ? await readNow(ctx.db) : new Date(at);
  return simulate(ctx, { policy: await toSnapshot(ctx.db, draft), urgency, escalateLowUrgency, from });
}

/** As tryPolicy, for a saved policy and an incident of high urgency now. */
export async function trySavedPolicy(ctx: Context, policyId: string): Promise<PolicyTrialResult> {
  requirePermission(ctx.actor, "read");
  const [policy, from] = await Promise.all([snapshotPolicy(ctx.db, policyId), readNow(ctx.db)]);
  return simulate(ctx, { policy, urgency: "high", escalateLowUrgency: false, from });
}

async function simulate(
  ctx: Context,
  simulation: Omit<Simulation, "maxMinutes">,
): Promise<PolicyTrialResult> {
  const { policy, from } = simulation;
  const factsAt = await loadFactsOverTime(ctx.db, policy, {
    start: from,
    end: new Date(from.getTime() + (LONGEST_DAYS + 1) * DAY),
  });
  const maxMinutes = (LONGEST_DAYS * DAY) / MINUTE;
  const steps = simulateIncident({ ...simulation, maxMinutes }, factsAt);
  const levelsThen = policy.levels.map((_, index) => peopleAt(policy, index + 1, factsAt(from)));
  const told = [...steps.flatMap(({ pages }) => pages), ...levelsThen.flat()].map(({ userId }) => userId);
  const [people, readiness, recipients] = await Promise.all([
    loadPersonRefs(ctx.db, told),
    loadReadiness(ctx.db, told),
    readRecipients(ctx.db, told),
  ]);
  const known = { people, readiness, recipients };
  return {
    at: from.toISOString(),
    steps: steps.map((step) => stepDto(step, known, from)),
    warnings: warnAboutPolicy(
      levelsThen.map((of, index) => ({
        delayMinutes: policy.levels[index]?.delayMinutes ?? 1,
        notifyOnly: policy.levels[index]?.notifyOnly ?? false,
        people: of.map(({ userId }) => ({
          userId,
          name: people.get(userId)?.name ?? userId,
          ...reachOf(readiness.get(userId)),
        })),
        deactivated: [],
      })),
    ),
  };
}

type Known = {
  people: ReadonlyMap<string, PersonRef>;
  readiness: ReadonlyMap<string, Readiness>;
  recipients: ReadonlyMap<string, Recipient>;
};

// Said by the step's title and its people already.
const SHOWN = new Set(["assign", "escalate", "tell"]);

function stepDto(step: SimulatedStep, known: Known, from: Date): TrialStep {
  const { minute, kind, level, pass, urgency, skipped, at, pages, log } = step;
  return {
    minute,
    kind,
    level,
    pass,
    urgency,
    skipped,
    at: at.toISOString(),
    people: pages.flatMap((page) => personDto(page, step, known, from)),
    notes: log
      .filter(({ type }) => !SHOWN.has(type))
      .map(({ type, data }) =>
        logSentence({ type, data: data ?? {}, actor: { name: "The policy" }, channel: "auto", user: null }),
      ),
  };
}

function personDto(page: SimulatedPage, step: SimulatedStep, known: Known, from: Date): TrialPerson[] {
  const user = known.people.get(page.userId);
  if (!user) return [];
  const { reason, trace } = page;
  const because = trace.findLast(({ step: name }) => name !== "round robin")?.because ?? "";
  const turn = trace.find(({ step: name }) => name === "round robin");
  return [
    {
      user,
      reason,
      because: turn ? `${turn.because}. ${because}` : because,
      ...reachOf(known.readiness.get(page.userId)),
      deliveries: deliveriesOf(page, step, known.recipients.get(page.userId), from),
    },
  ];
}

function deliveriesOf(
  { reason, endsAtMinute }: SimulatedPage,
  { at, urgency }: SimulatedStep,
  recipient: Recipient | undefined,
  from: Date,
): TrialDelivery[] {
  if (!recipient) return [];
  const { rules, contactMethods, email, lowUrgencyHours, timeZone } = recipient;
  const limits = lowUrgencyHours ? [limitOfPerson(lowUrgencyHours, timeZone)] : [];
  const plan = planPage({ reason, urgency, at, rules, contactMethods, accountEmail: email, limits });
  return (plan?.deliveries ?? []).map(({ channel, address, dueAt }) => {
    const minute = Math.round((dueAt.getTime() - from.getTime()) / MINUTE);
    const isCancelled = endsAtMinute !== null && minute >= endsAtMinute;
    return {
      channel,
      address: maskAddress(channel, address),
      minute,
      at: dueAt.toISOString(),
      cancelledAtMinute: isCancelled ? endsAtMinute : null,
    };
  });
}

function reachOf(readiness: Readiness | undefined) {
  return {
    isReachable: readiness !== undefined && readiness.state !== "unreachable",
    firstStepMinutes: readiness?.firstStepMinutes ?? 0,
  };
}

type Draft = Omit<ReturnType<typeof policyTrialSchema.parse>, "at" | "urgency" | "escalateLowUrgency">;

async function toSnapshot(db: Database, draft: Draft): Promise<PolicySnapshot> {
  const { name, levels, nobodyAnswered, policyId, numLoops, teamId, fallbackUserId } = draft;
  const targets = levels.flatMap((level) => level.targets);
  const idsOf = (type: "user" | "schedule") =>
    targets.filter((target) => target.type === type).map(({ id }) => id);
  const [people, named, nameEnd] = await Promise.all([
    loadPersonRefs(db, idsOf("user")),
    db
      .select({ id: schedules.id, name: schedules.name })
      .from(schedules)
      .where(inArray(schedules.id, idsOf("schedule"))),
    nameNobodyAnswered(db, [nobodyAnswered]),
  ]);
  const names = new Map([...people, ...named.map((schedule) => [schedule.id, schedule] as const)]);
  return {
    policyId: policyId ?? "",
    version: 0,
    numLoops,
    teamId,
    fallbackUserId,
    name: name.trim() || "this policy",
    nobodyAnswered: nameEnd(nobodyAnswered),
    levels: levels.map((level, index) => ({
      ...level,
      // A new level takes turns from its first target on.
      id: level.id ?? `new ${index + 1}`,
      targets: level.targets.map((target) => ({ ...target, name: names.get(target.id)?.name ?? target.id })),
    })),
  };
}
