import { inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { schedules } from "#db/schema/schedules";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { OnCallFacts } from "#lib/escalation/plan";
import { peopleAt } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { policyTrialSchema } from "#lib/escalation/schemas";
import type { PolicyTrial } from "#lib/escalation/schemas";
import { simulateEscalation } from "#lib/escalation/simulate";
import type { SimulatedStep } from "#lib/escalation/simulate";
import { warnAboutPolicy } from "#lib/escalation/warnings";
import type { PolicyWarning } from "#lib/escalation/warnings";
import { explainEntry, loadOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { whoIsOnCall } from "#lib/on-call/resolve";
import { parseInput } from "#lib/parse-input";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";
import { loadReadiness } from "#lib/people/queries/readiness";
import type { Readiness } from "#lib/people/readiness";
import { DAY, MINUTE } from "#lib/time/calendar";

const LONGEST_DAYS = 3;

export type TrialPerson = {
  user: PersonRef;
  because: string;
  isReachable: boolean;
  /** Minutes from being told to the first notification. */
  firstStepMinutes: number;
};

export type TrialStep = Omit<SimulatedStep, "at" | "people"> & { at: string; people: TrialPerson[] };

/** What a policy would do if an incident began at `at` and nobody acknowledged it, and what speaks against it then. */
export type PolicyTrialResult = { at: string; steps: TrialStep[]; warnings: PolicyWarning[] };

/** Tries a policy out, saved or not, with the decisions that page in earnest. Nothing is written and nobody is told. */
export async function tryPolicy(ctx: Context, input: PolicyTrial): Promise<PolicyTrialResult> {
  requirePermission(ctx.actor, "read");
  const { at, ...draft } = parseInput(policyTrialSchema, input);
  const from = at === undefined ? await readNow(ctx.db) : new Date(at);
  const policy = await toSnapshot(ctx.db, draft);
  const factsAt = await loadFactsOverTime(ctx.db, policy, from);
  const steps = simulateEscalation(policy, factsAt, from, (LONGEST_DAYS * DAY) / MINUTE);
  const levelsThen = policy.levels.map((level, index) => ({
    delayMinutes: level.delayMinutes,
    people: peopleAt(policy, index + 1, factsAt(from)),
  }));
  const told = [...steps, ...levelsThen].flatMap(({ people }) => people.map(({ userId }) => userId));
  const [people, readiness] = await Promise.all([loadPersonRefs(ctx.db, told), loadReadiness(ctx.db, told)]);
  return {
    at: from.toISOString(),
    steps: steps.map((step) => ({
      ...step,
      at: step.at.toISOString(),
      people: step.people.flatMap(({ userId, trace }) => {
        const user = people.get(userId);
        const because = trace.at(-1)?.because ?? "";
        return user ? [{ user, because, ...reachOf(readiness.get(userId)) }] : [];
      }),
    })),
    warnings: warnAboutPolicy(
      levelsThen.map((level) => ({
        delayMinutes: level.delayMinutes,
        people: level.people.map(({ userId }) => ({
          userId,
          name: people.get(userId)?.name ?? userId,
          ...reachOf(readiness.get(userId)),
        })),
        deactivated: [],
      })),
    ),
  };
}

function reachOf(readiness: Readiness | undefined) {
  return {
    isReachable: readiness !== undefined && readiness.state !== "unreachable",
    firstStepMinutes: readiness?.firstStepMinutes ?? 0,
  };
}

type Draft = Pick<PolicySnapshot, "numLoops" | "teamId" | "fallbackUserId"> & {
  name: string;
  levels: { delayMinutes: number; targets: { type: "user" | "schedule"; id: string }[] }[];
};

async function toSnapshot(db: Database, { name, levels, ...draft }: Draft): Promise<PolicySnapshot> {
  const targets = levels.flatMap((level) => level.targets);
  const idsOf = (type: "user" | "schedule") =>
    targets.filter((target) => target.type === type).map(({ id }) => id);
  const [people, named] = await Promise.all([
    loadPersonRefs(db, idsOf("user")),
    db
      .select({ id: schedules.id, name: schedules.name })
      .from(schedules)
      .where(inArray(schedules.id, idsOf("schedule"))),
  ]);
  const names = new Map([...people, ...named.map((schedule) => [schedule.id, schedule] as const)]);
  return {
    ...draft,
    policyId: "",
    name: name.trim() || "this policy",
    levels: levels.map((level) => ({
      ...level,
      targets: level.targets.map((target) => ({ ...target, name: names.get(target.id)?.name ?? target.id })),
    })),
  };
}

/** Everything is read once; only who is on call is worked out for each instant. */
async function loadFactsOverTime(
  db: Database,
  policy: PolicySnapshot,
  from: Date,
): Promise<(at: Date) => OnCallFacts> {
  const targets = policy.levels.flatMap((level) => level.targets).filter(({ type }) => type === "schedule");
  const window = { start: from, end: new Date(from.getTime() + (LONGEST_DAYS + 1) * DAY) };
  const [standing, facts] = await Promise.all([
    loadOnCallFacts(db, [policy], from),
    loadScheduleFacts(
      db,
      targets.map(({ id }) => id),
      window,
    ),
  ]);
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  return (at) => ({
    ...standing,
    schedules: new Map(
      [...facts].map(([id, of]) => [
        id,
        whoIsOnCall(of, at).map((entry) => explainEntry(entry, names.get(id) ?? "a schedule")),
      ]),
    ),
  });
}
