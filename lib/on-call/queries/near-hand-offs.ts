import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { handOffAddress } from "#lib/on-call/hand-off-address";
import { handOffs } from "#lib/on-call/hand-offs";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { DAY } from "#lib/time/calendar";

const AROUND_DAYS = 45;

/** Addresses of hand-offs; null: there is none within six weeks. */
export type NearHandOffs = { previous: string | null; next: string | null };

/** The hand-offs of a schedule right before and right after an instant. */
export async function findNearHandOffs(
  ctx: Context,
  scheduleId: string,
  around: Date,
): Promise<NearHandOffs> {
  requirePermission(ctx.actor, "read");
  const at = around.getTime();
  const range = { start: at - AROUND_DAYS * DAY, end: at + AROUND_DAYS * DAY };
  const facts = await loadScheduleFacts(ctx.db, [scheduleId], {
    start: new Date(range.start - 1),
    end: new Date(range.end + 1),
  });
  const of = facts.get(scheduleId);
  const found = of ? handOffs(of, range) : [];
  const address = (handOff: { at: number } | undefined) =>
    handOff ? handOffAddress({ scheduleId, at: new Date(handOff.at) }) : null;
  return {
    previous: address(found.findLast((it) => it.at < at)),
    // The one that an address of whole seconds names is itself, not the next.
    next: address(found.find((it) => it.at >= at + 1000)),
  };
}
