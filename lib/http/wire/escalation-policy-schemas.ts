import { z } from "zod";
import { OTHERWISE, settingOf } from "#lib/escalation/policy";
import type { Strategy } from "#lib/escalation/policy";
import type { LevelDto } from "#lib/escalation/queries/levels";
import type { PolicyDto } from "#lib/escalation/queries/policies";
import type { PolicyInput } from "#lib/escalation/schemas";
import { one, referenceSchema, words } from "#lib/http/wire/common-schemas";
import { pagingQuery } from "#lib/http/wire/list";

const target = z.object({
  id: z.string().min(1, "can't be blank"),
  type: z.enum(["user", "user_reference", "schedule", "schedule_reference", "schedule_v3_reference"]),
});

const strategy = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);

const condition = z.object({
  time_zone: z.string(),
  start_time: z.string(),
  end_time: z.string(),
  days_of_week: z.array(z.int()),
  otherwise: z.enum(OTHERWISE).optional(),
});

const rule = z.object({
  id: z.string().nullish(),
  escalation_delay_in_minutes: z.int(),
  targets: z.array(target),
  escalation_rule_assignment_strategy: strategy.nullish(),
  cycle_in_minutes: z.int().nullish(),
  notify_only: z.boolean().nullish(),
  condition: condition.nullish(),
});

const nobodyAnswered = z.object({
  tell: z
    .union([
      z.object({ type: z.literal("team_managers") }),
      z.object({ type: z.enum(["user", "user_reference"]), id: z.string() }),
    ])
    .nullish(),
  raise_urgency: z.boolean().nullish(),
  priority: referenceSchema.nullish(),
  escalation_policy: referenceSchema.nullish(),
  repeat: z.boolean().nullish(),
});

export const policyBody = z.object({
  name: z.string().optional(),
  description: z.string().nullish(),
  num_loops: z.int().nullish(),
  on_call_handoff_notifications: z.enum(["if_has_services", "always"]).nullish(),
  escalation_rules: z.array(rule).optional(),
  teams: z.array(referenceSchema).nullish(),
  nobody_answered: nobodyAnswered.nullish(),
});

export const policiesQuery = z.object({
  ...pagingQuery,
  query: one,
  user_ids: words,
  team_ids: words,
  sort_by: one,
  include: words,
});

const EMPTY: PolicyInput = { name: "", levels: [] };

/** The whole policy that a body means, over what there was: absent keys keep their value. */
export function toPolicyInput(body: z.infer<typeof policyBody>, before: PolicyDto | null): PolicyInput {
  const { description, num_loops: numLoops, on_call_handoff_notifications: handoff } = body;
  return {
    ...(before ? fromDto(before) : EMPTY),
    ...(body.name !== undefined && { name: body.name }),
    ...(description !== undefined && { description }),
    ...(numLoops === undefined ? {} : { numLoops: numLoops ?? 0 }),
    ...(handoff && { onCallHandoffNotifications: handoff }),
    ...(body.teams !== undefined && { teamId: body.teams?.[0]?.id ?? null }),
    ...toLevelsAndEnd(body, before),
  };
}

function toLevelsAndEnd(body: z.infer<typeof policyBody>, before: PolicyDto | null) {
  return {
    ...(body.nobody_answered !== undefined && { nobodyAnswered: toSetting(body.nobody_answered) }),
    ...(body.escalation_rules && { levels: toLevels(body.escalation_rules, before) }),
  };
}

function fromDto(policy: PolicyDto): PolicyInput {
  const { name, description, numLoops, onCallHandoffNotifications, team, fallback } = policy;
  const levels = policy.levels.map(({ position: _position, nextTargetId: _next, targets, ...level }) => ({
    ...level,
    targets: targets.map(({ type, id }) => ({ type, id })),
  }));
  const owner = { teamId: team?.id ?? null, fallbackUserId: fallback?.id ?? null };
  const nobodyAnswered = settingOf(policy.nobodyAnswered);
  return { name, description, numLoops, onCallHandoffNotifications, ...owner, nobodyAnswered, levels };
}

function toSetting(given: z.infer<typeof nobodyAnswered> | null): PolicyInput["nobodyAnswered"] {
  if (given === null) return {};
  const { tell, priority, escalation_policy: policy } = given;
  return {
    tell: tell ? ("id" in tell ? { type: "user", id: tell.id } : { type: "managers" }) : null,
    raiseUrgency: given.raise_urgency ?? false,
    priorityId: priority?.id ?? null,
    policyId: policy?.id ?? null,
    repeat: given.repeat ?? false,
  };
}

type Rule = z.infer<typeof rule>;

/** A rule is the level that it names, else the one at its place. */
function toLevels(rules: readonly Rule[], before: PolicyDto | null): PolicyInput["levels"] {
  return rules.map((given, index) =>
    toLevel(given, before?.levels.find(({ id }) => id === given.id) ?? before?.levels[index] ?? null),
  );
}

/** Keys that clients of PagerDuty's API don't know keep what the level had; null takes it away. */
function toLevel(given: Rule, before: LevelDto | null): PolicyInput["levels"][number] {
  return {
    id: before?.id ?? null,
    delayMinutes: given.escalation_delay_in_minutes,
    ...toStrategy(given, before),
    notifyOnly: given.notify_only ?? before?.notifyOnly ?? false,
    condition: given.condition === undefined ? (before?.condition ?? null) : toCondition(given.condition),
    targets: given.targets.map(({ type, id }) => ({
      type: type.startsWith("user") ? "user" : "schedule",
      id,
    })),
  };
}

function toStrategy(
  given: Rule,
  before: LevelDto | null,
): { strategy: Strategy; cycleMinutes: number | null } {
  const assignment = given.escalation_rule_assignment_strategy;
  const former = before?.strategy ?? "everyone";
  const takesTurns = assignment ? assignment === "round_robin" : former !== "everyone";
  if (!takesTurns) return { strategy: "everyone", cycleMinutes: null };
  const { cycle_in_minutes: cycle } = given;
  const cycleMinutes = cycle === undefined ? (before?.cycleMinutes ?? null) : cycle;
  return { strategy: cycleMinutes === null ? "round_robin" : "round_robin_cycle", cycleMinutes };
}

function toCondition(hours: z.infer<typeof condition> | null) {
  return (
    hours && {
      timeZone: hours.time_zone,
      startTime: hours.start_time,
      endTime: hours.end_time,
      daysOfWeek: hours.days_of_week,
      otherwise: hours.otherwise ?? ("skip" as const),
    }
  );
}
