import { and, asc, eq } from "drizzle-orm";
import { shiftAcceptances, shiftHandOffs } from "#db/schema/hand-offs";
import { readNow, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import type { Database } from "#db/connect";
import { AppError } from "#lib/errors";
import type { HandOffRef } from "#lib/on-call/hand-off-address";
import { handOffs } from "#lib/on-call/hand-offs";
import { loadScheduleFacts, withSurroundings } from "#lib/on-call/queries/schedule-facts";
import { getSchedule } from "#lib/on-call/queries/schedules";
import { wholeShifts } from "#lib/on-call/shift-span";
import { hasPermission } from "#lib/people/permissions";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";
import { DAY, HOUR, MINUTE, SECOND } from "#lib/time/calendar";

/** From so long before it on, those who come may say that they have it. */
export const OPENS_BEFORE = HOUR;
const LONGEST_SHIFT = 14 * DAY;

export type HandOffDto = {
  schedule: { id: string; name: string; slug: string; timeZone: string };
  at: string;
  opensAt: string;
  /** Nobody goes on or off call then any more: the schedule was changed. */
  isGone: boolean;
  outgoing: PersonRef[];
  incoming: PersonRef[];
  /** When the shift that ends began (of several, the first), a fortnight back at most. */
  since: string;
  /** When the shift that begins ends; null: it has no end. */
  until: string | null;
  watchOuts: { text: string; by: PersonRef | null; at: string } | null;
  acceptances: { person: PersonRef; at: string }[];
  /** What the asking person may do. */
  mayWrite: boolean;
  mayAccept: boolean;
  now: string;
};

/** One hand-off of a schedule, with what was left for those who come. Throws `not_found` for a schedule that is not there. */
export async function getHandOff(ctx: Context, ref: HandOffRef): Promise<HandOffDto> {
  requirePermission(ctx.actor, "read");
  const [schedule, now] = await Promise.all([getSchedule(ctx, ref.scheduleId), readNow(ctx.db)]);
  const [people, note, accepted] = await Promise.all([
    readSides(ctx.db, ref),
    ctx.db.select().from(shiftHandOffs).where(isOf(shiftHandOffs, ref)),
    ctx.db
      .select()
      .from(shiftAcceptances)
      .where(isOf(shiftAcceptances, ref))
      .orderBy(asc(shiftAcceptances.acceptedAt)),
  ]);
  const { outgoing, incoming, since, until } = people;
  const [written] = note;
  const refs = await loadPersonRefs(ctx.db, [
    ...outgoing,
    ...incoming,
    ...accepted.map(({ userId }) => userId),
    ...(written?.writtenBy ? [written.writtenBy] : []),
  ]);
  const named = (ids: readonly string[]) => ids.flatMap((id) => refs.get(id) ?? []);
  const opensAt = new Date(ref.at.getTime() - OPENS_BEFORE);
  const viewer = ctx.actor.id ?? "";
  const isOver = until !== null && until <= now;
  const isOpen = opensAt <= now && !isOver;
  return {
    schedule: {
      id: schedule.id,
      name: schedule.name,
      slug: schedule.slug,
      timeZone: schedule.timeZone,
    },
    at: ref.at.toISOString(),
    opensAt: opensAt.toISOString(),
    isGone: outgoing.length + incoming.length === 0,
    outgoing: named(outgoing),
    incoming: named(incoming),
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
    watchOuts: written ? toNote(written, refs) : null,
    acceptances: accepted.flatMap(({ userId, acceptedAt }) => {
      const person = refs.get(userId);
      return person ? [{ person, at: acceptedAt.toISOString() }] : [];
    }),
    mayWrite: hasPermission(ctx.actor.role, "incident.respond") && !isOver,
    mayAccept: isOpen && incoming.includes(viewer) && !accepted.some(({ userId }) => userId === viewer),
    now: now.toISOString(),
  };
}

function toNote(
  { watchOuts, writtenBy, writtenAt }: typeof shiftHandOffs.$inferSelect,
  people: ReadonlyMap<string, PersonRef>,
): HandOffDto["watchOuts"] {
  return { text: watchOuts, by: people.get(writtenBy ?? "") ?? null, at: writtenAt.toISOString() };
}

type HandOffTable = typeof shiftHandOffs | typeof shiftAcceptances;

function isOf(table: HandOffTable, { scheduleId, at }: HandOffRef) {
  return and(eq(table.scheduleId, scheduleId), eq(table.at, at));
}

type Sides = { outgoing: string[]; incoming: string[]; since: Date; until: Date | null };

/** Who goes and who comes at a hand-off, and what they go from and come to. */
export async function readSides(db: Database | Transaction, { scheduleId, at }: HandOffRef): Promise<Sides> {
  const span = { start: at, end: new Date(at.getTime() + SECOND) };
  const facts = (await loadScheduleFacts(db, [scheduleId], withSurroundings(span))).get(scheduleId);
  if (!facts) throw new AppError("not_found", "There is no such schedule.", { wireCode: 3004 });
  const [handOff] = handOffs(facts, { start: span.start.getTime(), end: span.end.getTime() });
  const { outgoing = [], incoming = [] } = handOff ?? {};
  const instant = handOff?.at ?? at.getTime();
  const before = wholeShifts(facts, { start: new Date(instant - MINUTE), end: new Date(instant) });
  const after = wholeShifts(facts, { start: new Date(instant), end: new Date(instant + 1) });
  const starts = before.filter(({ userId }) => outgoing.includes(userId)).map(({ start }) => start.getTime());
  const ends = after
    .filter(({ userId }) => incoming.includes(userId))
    .map(({ end }) => end?.getTime() ?? null);
  const known = ends.filter((end) => end !== null);
  return {
    outgoing,
    incoming,
    since: new Date(
      Math.max(instant - LONGEST_SHIFT, Math.min(...starts, instant - (starts.length > 0 ? 0 : DAY))),
    ),
    until: known.length === 0 || known.length < ends.length ? null : new Date(Math.max(...known)),
  };
}
