import { z } from "zod";
import { AppError } from "#lib/errors";
import { listOnCalls } from "#lib/escalation/queries/on-calls";
import type { OnCallDto } from "#lib/escalation/queries/on-calls";
import { apiRoute } from "#lib/http/api-route";
import { expandPolicies, expandSchedules, expandUsers, NOTHING } from "#lib/http/api/expand";
import { flag, one, words } from "#lib/http/wire/common-schemas";
import { wireInstant } from "#lib/http/wire/instant";
import { fromOffset, listBody, pagingQuery, readPaging } from "#lib/http/wire/list";
import { wireInstantSchema } from "#lib/http/wire/read-instant";
import { wireReference } from "#lib/http/wire/reference";
import { DAY } from "#lib/time/calendar";

const LONGEST_PERIOD = 93 * DAY;

const onCallsQuery = z.object({
  ...pagingQuery,
  user_ids: words,
  escalation_policy_ids: words,
  schedule_ids: words,
  since: wireInstantSchema.optional(),
  until: wireInstantSchema.optional(),
  earliest: flag.describe("Only the first shift of each person at each level of each policy."),
  time_zone: one,
  include: words,
});

export const listWireOnCalls = apiRoute(
  { method: "get", path: "/oncalls", summary: "List who is on call", tag: "On call", query: onCallsQuery },
  async ({ ctx, wire, query, now }) => {
    const paging = readPaging(query);
    const since = query.since ?? now;
    const until = query.until ?? (query.since && query.since > now ? query.since : now);
    if (since > until || until.getTime() - since.getTime() > LONGEST_PERIOD) {
      throw new AppError("invalid", "since must be before until, and at most three months", {
        wireCode: 2004,
      });
    }
    const found = await listOnCalls(ctx, {
      since,
      until,
      policyIds: query.escalation_policy_ids,
      scheduleIds: query.schedule_ids,
      userIds: query.user_ids,
    });
    const all = query.earliest ? earliestOnly(found) : found;
    const rows = all.slice(paging.offset, paging.offset + paging.limit);
    const { include } = wire;
    const [users, schedules, policies] = await Promise.all([
      include.has("users")
        ? expandUsers(
            ctx,
            wire,
            rows.map(({ user }) => user.id),
          )
        : NOTHING,
      include.has("schedules")
        ? expandSchedules(
            ctx,
            wire,
            rows.flatMap(({ schedule }) => schedule?.id ?? []),
          )
        : NOTHING,
      include.has("escalation_policies")
        ? expandPolicies(
            ctx,
            wire,
            rows.map(({ policy }) => policy.id),
          )
        : NOTHING,
    ]);
    return listBody("oncalls", fromOffset(rows, all.length, paging), paging, (entry) => ({
      escalation_policy:
        policies.get(entry.policy.id) ?? wireReference(wire, "escalation_policy", entry.policy),
      escalation_level: entry.level,
      schedule:
        entry.schedule &&
        (schedules.get(entry.schedule.id) ?? wireReference(wire, "schedule", entry.schedule)),
      user: users.get(entry.user.id) ?? wireReference(wire, "user", entry.user),
      start: entry.start && wireInstant(entry.start, wire.timeZone),
      end: entry.end && wireInstant(entry.end, wire.timeZone),
    }));
  },
);

function earliestOnly(entries: readonly OnCallDto[]): OnCallDto[] {
  const first = new Map<string, OnCallDto>();
  for (const entry of entries) {
    const key = [entry.policy.id, entry.level, entry.user.id].join(" ");
    const known = first.get(key);
    if (!known || (entry.start ?? "") < (known.start ?? "")) first.set(key, entry);
  }
  return [...first.values()];
}
