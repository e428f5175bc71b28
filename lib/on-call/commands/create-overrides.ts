import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import type { z } from "zod";
import { users } from "#db/schema/people";
import { scheduleOverrides } from "#db/schema/schedules";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import type { FieldError } from "#lib/errors";
import { newId } from "#lib/ids";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import { endAfterHours, endAtWallClock, placeOverride } from "#lib/on-call/override-edit";
import type { OverrideRefusal } from "#lib/on-call/override-edit";
import type { overrideInputSchema } from "#lib/on-call/schemas";
import { overridesInputSchema } from "#lib/on-call/schemas";
import type { OverrideInput, OverridesInput } from "#lib/on-call/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { mayBePaged } from "#lib/people/permissions";

export type CreatedOverride = { id: string; userId: string; startsAt: string; endsAt: string };

/** What came of each override, in the order asked. */
export type OverrideResult =
  | { kind: "created"; override: CreatedOverride }
  | { kind: "refused"; error: FieldError };

/** Of a schedule, still to come: pages draw all of them. */
const MOST_COMING = 2_000;

const REFUSALS: Record<OverrideRefusal, FieldError> = {
  "ends-before-start": { field: "endsAt", message: "Override must end after its start" },
  "over-already": { field: "endsAt", message: "Override must end in the future" },
  "person-not-available": { field: "userId", message: "Override user must be active" },
};

/**
 * Puts people over what the layers of a schedule say. Each override is judged on its own: one that lies in the past or names
 * somebody who may not be paged is refused, one that began in the past starts now.
 */
export async function createOverrides(ctx: Context, input: OverridesInput): Promise<OverrideResult[]> {
  requirePermission(ctx.actor, "incident.respond");
  const { scheduleId, overrides } = parseInput(overridesInputSchema, input);
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const schedule = await lockSchedule(tx, scheduleId);
    const people = overrides.flatMap(({ userId, replacesUserId }) => [userId, replacesUserId ?? userId]);
    const known = await tx
      .select({ id: users.id, name: users.name, role: users.role, deactivatedAt: users.deactivatedAt })
      .from(users)
      .where(inArray(users.id, people));
    const names = new Map(known.map(({ id, name }) => [id, name]));
    const active = new Set(known.filter(mayBePaged).map(({ id }) => id));
    const placed = overrides.map((asked) =>
      place(asked, { known: names, active, now, timeZone: schedule.timeZone }),
    );
    const rows = placed.flatMap((it) => ("refused" in it ? [] : { ...it, scheduleId, createdAt: now }));
    if (rows.length > 0) {
      await refuseTooMany(scope, scheduleId, rows.length);
      const createdBy = ctx.actor.type === "user" ? ctx.actor.id : null;
      await tx.insert(scheduleOverrides).values(rows.map((row) => ({ ...row, createdBy })));
      await audit(
        scope,
        ...rows.map(({ id, userId, startsAt, endsAt }) => ({
          action: "create",
          objectType: "override",
          objectId: id,
          objectName: `${names.get(userId) ?? userId} in ${schedule.name}`,
          after: { scheduleId, userId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
        })),
      );
      await publish(scope, { topic: "schedule.overridden", entityType: "schedule", entityId: scheduleId });
    }
    return placed.map((it) =>
      "refused" in it ? { kind: "refused", error: it.refused } : { kind: "created", override: toDto(it) },
    );
  });
}

async function refuseTooMany(
  { tx, now }: TransactionContext,
  scheduleId: string,
  more: number,
): Promise<void> {
  const coming = await tx.$count(
    scheduleOverrides,
    and(
      eq(scheduleOverrides.scheduleId, scheduleId),
      isNull(scheduleOverrides.removedAt),
      gt(scheduleOverrides.endsAt, now),
    ),
  );
  if (coming + more <= MOST_COMING) return;
  const message = `has at most ${MOST_COMING} overrides to come; change its layers instead`;
  const fields = [{ field: "overrides", message }];
  throw new AppError("invalid", `The schedule ${message}.`, { fields, wireCode: 4004 });
}

/** One override; what would be a refusal of `createOverrides` is thrown as `invalid`. */
export async function createOverride(
  ctx: Context,
  input: OverrideInput & { scheduleId: string },
): Promise<CreatedOverride> {
  const { scheduleId, ...override } = input;
  const [result] = await createOverrides(ctx, { scheduleId, overrides: [override] });
  if (result?.kind === "created") return result.override;
  const fields = result ? [result.error] : [];
  throw new AppError("invalid", fields[0]?.message ?? "The override is not valid", {
    fields,
    wireCode: 4004,
  });
}

type Asked = z.output<typeof overrideInputSchema>;
type Placed = { id: string; userId: string; replacesUserId: string | null; startsAt: Date; endsAt: Date };
type Facts = { known: ReadonlyMap<string, string>; active: ReadonlySet<string>; now: Date; timeZone: string };

function place(asked: Asked, { known, active, now, timeZone }: Facts): Placed | { refused: FieldError } {
  const { userId, replacesUserId } = asked;
  if (replacesUserId !== null && !known.has(replacesUserId)) {
    return { refused: { field: "replacesUserId", message: "Replaced user does not exist" } };
  }
  const startsAt = asked.startsAt ?? now;
  const endsAt = endOf(asked, startsAt, asked.timeZone ?? timeZone);
  if (!endsAt) return { refused: { field: "untilLocal", message: "Override end is no date and time" } };
  const result = placeOverride({ userId, startsAt, endsAt }, now, active);
  if (result.kind === "refused") return { refused: REFUSALS[result.because] };
  return { id: newId(), userId, replacesUserId, startsAt: result.startsAt, endsAt: result.endsAt };
}

function endOf({ endsAt, hours, untilLocal }: Asked, startsAt: Date, timeZone: string): Date | null {
  if (endsAt) return endsAt;
  if (hours !== undefined) return endAfterHours(startsAt, hours);
  return untilLocal === undefined ? null : endAtWallClock(untilLocal, timeZone);
}

function toDto({ id, userId, startsAt, endsAt }: Placed): CreatedOverride {
  return { id, userId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}
