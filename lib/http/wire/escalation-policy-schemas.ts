import { z } from "zod";
import { AppError } from "#lib/errors";
import type { PolicyDto } from "#lib/escalation/queries/policies";
import type { PolicyInput } from "#lib/escalation/schemas";
import { one, referenceSchema, words } from "#lib/http/wire/common-schemas";
import { pagingQuery } from "#lib/http/wire/list";

const target = z.object({
  id: z.string().min(1, "can't be blank"),
  type: z.enum(["user", "user_reference", "schedule", "schedule_reference", "schedule_v3_reference"]),
});

const strategy = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);

const rule = z.object({
  escalation_delay_in_minutes: z.int(),
  targets: z.array(target),
  escalation_rule_assignment_strategy: strategy.nullish(),
});

export const policyBody = z.object({
  name: z.string().optional(),
  description: z.string().nullish(),
  num_loops: z.int().nullish(),
  on_call_handoff_notifications: z.enum(["if_has_services", "always"]).nullish(),
  escalation_rules: z.array(rule).optional(),
  teams: z.array(referenceSchema).nullish(),
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
    ...(numLoops !== undefined && { numLoops: numLoops ?? 0 }),
    ...(handoff && { onCallHandoffNotifications: handoff }),
    ...(body.teams !== undefined && { teamId: body.teams?.[0]?.id ?? null }),
    ...(body.escalation_rules && { levels: body.escalation_rules.map(toLevel) }),
  };
}

function fromDto(policy: PolicyDto): PolicyInput {
  const { name, description, numLoops, onCallHandoffNotifications, team, fallback } = policy;
  const levels = policy.levels.map(({ delayMinutes, targets }) => ({
    delayMinutes,
    targets: targets.map(({ type, id }) => ({ type, id })),
  }));
  const owner = { teamId: team?.id ?? null, fallbackUserId: fallback?.id ?? null };
  return { name, description, numLoops, onCallHandoffNotifications, ...owner, levels };
}

function toLevel(given: z.infer<typeof rule>): PolicyInput["levels"][number] {
  const assignment = given.escalation_rule_assignment_strategy;
  if (assignment === "round_robin") {
    throw new AppError("invalid", "Round robin is not supported: everybody at a level is told.", {
      wireCode: 2015,
    });
  }
  return {
    delayMinutes: given.escalation_delay_in_minutes,
    targets: given.targets.map(({ type, id }) => ({
      type: type.startsWith("user") ? "user" : "schedule",
      id,
    })),
  };
}
