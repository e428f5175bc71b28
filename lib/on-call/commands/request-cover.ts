import { coverRequests } from "#db/schema/covers";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import { tellCover } from "#lib/on-call/commands/tell-cover";
import type { CoverSpan } from "#lib/on-call/cover";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { membersOf, relieve } from "#lib/on-call/relieve";
import type { ScheduleFacts } from "#lib/on-call/schedule";
import { coverRequestSchema } from "#lib/on-call/schemas";
import type { CoverRequestInput } from "#lib/on-call/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/**
 * Asks to be relieved for a shift or a part of it: everybody who stands in the schedule, or one of them, also in exchange for one of
 * theirs. Nothing changes until it is taken. Throws `invalid` when there is nothing to be relieved of.
 */
export async function requestCover(ctx: Context, input: CoverRequestInput): Promise<{ id: string }> {
  requirePermission(ctx.actor, "incident.respond");
  const requesterId = ctx.actor.id;
  if (ctx.actor.type !== "user" || requesterId === null) {
    throw new AppError("forbidden", "Only people ask for cover.");
  }
  const { scheduleId, askedUserId, inReturn, message, ...span } = parseInput(coverRequestSchema, input);
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const schedule = await lockSchedule(tx, scheduleId);
    const facts = await readFacts(scope.tx, scheduleId, inReturn === null ? [span] : [span, inReturn]);
    const members = membersOf(facts, now);
    members.delete(requesterId);
    if (askedUserId !== null && !members.has(askedUserId)) {
      throw invalid("askedUserId", "The person asked must stand in this schedule, and be somebody else.");
    }
    if (members.size === 0) throw invalid("askedUserId", "Nobody else stands in this schedule.");
    refuseEmpty(facts, { userId: requesterId, span, field: "startsAt", who: "You are" }, now);
    if (inReturn && askedUserId !== null) {
      const whose = { userId: askedUserId, span: inReturn, field: "inReturn", who: "The person asked is" };
      refuseEmpty(facts, whose, now);
    }
    const id = newId(now.getTime());
    const returned = { returnStartsAt: inReturn?.startsAt ?? null, returnEndsAt: inReturn?.endsAt ?? null };
    const row = { id, scheduleId, requesterId, askedUserId, ...span, ...returned, message, createdAt: now };
    await tx.insert(coverRequests).values(row);
    await tellCover(scope, {
      event: "asked",
      about: id,
      userIds: askedUserId === null ? members : [askedUserId],
      story: { schedule, spans: [span], inReturn, message },
    });
    await audit(scope, {
      action: "request",
      objectType: "cover_request",
      objectId: id,
      objectName: schedule.name,
      after: { scheduleId, askedUserId, ...span, inReturn },
    });
    await publish(scope, { topic: "schedule.cover_requested", entityType: "schedule", entityId: scheduleId });
    return { id };
  });
}

async function readFacts(
  tx: Parameters<typeof loadScheduleFacts>[0],
  scheduleId: string,
  spans: readonly CoverSpan[],
): Promise<ScheduleFacts> {
  const start = new Date(Math.min(...spans.map(({ startsAt }) => startsAt.getTime())));
  const end = new Date(Math.max(...spans.map(({ endsAt }) => endsAt.getTime())));
  const facts = (await loadScheduleFacts(tx, [scheduleId], { start, end })).get(scheduleId);
  if (!facts) throw new AppError("not_found", "There is no such schedule.", { wireCode: 3004 });
  return facts;
}

type Whose = { userId: string; span: CoverSpan; field: string; who: string };

function refuseEmpty(facts: ScheduleFacts, { userId, span, field, who }: Whose, now: Date): void {
  if (span.startsAt <= now)
    throw invalid(field, "It must begin in the future: take a running shift over instead.");
  if (relieve(facts, { relievedId: userId, byUserId: "" }, span).length > 0) return;
  throw invalid(field, `${who} not on call in this schedule then.`);
}

function invalid(field: string, message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field, message }] });
}
