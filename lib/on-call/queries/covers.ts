import { and, asc, eq, exists, gt, inArray, isNull, ne, notExists, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { coverDeclines, coverOffers, coverRequests } from "#db/schema/covers";
import { scheduleLayerMembers, scheduleLayers, schedules, scheduleVersions } from "#db/schema/schedules";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { coverState, openSpans } from "#lib/on-call/cover";
import type { CoverSpan, CoverState, OfferOutcome } from "#lib/on-call/cover";
import { toCoverRequest } from "#lib/on-call/queries/cover-rows";
import { localSpan } from "#lib/on-call/local-span";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";
import { DAY } from "#lib/time/calendar";

export type CoverSpanDto = { startsAt: string; endsAt: string };

export type CoverOfferDto = CoverSpanDto & { id: string; user: PersonRef; outcome: OfferOutcome };

export type CoverRequestDto = CoverSpanDto & {
  id: string;
  schedule: { id: string; name: string; slug: string; timeZone: string };
  requester: PersonRef;
  /** Null: everybody who stands in the schedule. */
  asked: PersonRef | null;
  /** A swap: what the requester takes over in return. */
  inReturn: CoverSpanDto | null;
  message: string | null;
  state: CoverState;
  /** What nobody has taken yet; also on the schedule's own clocks: "2026-11-25T09:00". */
  open: (CoverSpanDto & { fromLocal: string; untilLocal: string })[];
  /** Those that wait and those that were accepted, the earliest first. */
  offers: CoverOfferDto[];
  createdAt: string;
};

export type CoverInbox = {
  /** Open requests that the viewer could take, the next shift first. */
  asked: CoverRequestDto[];
  /** The viewer's own, until the time asked for is over. */
  own: CoverRequestDto[];
};

const KEPT_DAYS = 2;

/** What the viewer is asked to cover, and what became of their own requests. */
export async function readCoverInbox(ctx: Context): Promise<CoverInbox> {
  requirePermission(ctx.actor, "read");
  const viewerId = ctx.actor.id;
  if (viewerId === null) return { asked: [], own: [] };
  const now = await readNow(ctx.db);
  const isAsked = or(
    eq(coverRequests.askedUserId, viewerId),
    and(isNull(coverRequests.askedUserId), standsIn(ctx.db, viewerId, now)),
  );
  const [asked, own] = await Promise.all([
    load(ctx.db, now, and(ne(coverRequests.requesterId, viewerId), isAsked, notDeclined(ctx.db, viewerId))),
    load(ctx.db, now, eq(coverRequests.requesterId, viewerId)),
  ]);
  return { asked: asked.filter(({ state }) => state === "open"), own };
}

/** The requests of one schedule that are open now, the next shift first. */
export async function listOpenCovers(ctx: Context, scheduleId: string): Promise<CoverRequestDto[]> {
  requirePermission(ctx.actor, "read");
  const now = await readNow(ctx.db);
  const found = await load(ctx.db, now, eq(coverRequests.scheduleId, scheduleId));
  return found.filter(({ state }) => state === "open");
}

/** One request, in whatever state it is. Throws `not_found`, also of one that was withdrawn or is long over. */
export async function getCover(ctx: Context, id: string): Promise<CoverRequestDto> {
  requirePermission(ctx.actor, "read");
  const [request] = await load(ctx.db, await readNow(ctx.db), eq(coverRequests.id, id));
  if (!request) throw new AppError("not_found", "There is no such request for cover.");
  return request;
}

async function load(db: Database, now: Date, which: SQL | undefined): Promise<CoverRequestDto[]> {
  const rows = await db
    .select({
      request: coverRequests,
      schedule: {
        id: schedules.id,
        name: schedules.name,
        slug: schedules.slug,
        timeZone: schedules.timeZone,
      },
    })
    .from(coverRequests)
    .innerJoin(schedules, eq(schedules.id, coverRequests.scheduleId))
    .where(
      and(
        which,
        isNull(schedules.deletedAt),
        isNull(coverRequests.withdrawnAt),
        gt(coverRequests.endsAt, new Date(now.getTime() - KEPT_DAYS * DAY)),
      ),
    )
    .orderBy(asc(coverRequests.startsAt), asc(coverRequests.id))
    .limit(200);
  if (rows.length === 0) return [];
  const offers = await db
    .select()
    .from(coverOffers)
    .where(
      and(
        inArray(
          coverOffers.requestId,
          rows.map(({ request }) => request.id),
        ),
        inArray(coverOffers.outcome, ["waiting", "accepted"]),
      ),
    )
    .orderBy(asc(coverOffers.startsAt), asc(coverOffers.id));
  const people = await loadPersonRefs(db, [
    ...rows.flatMap(({ request }) => [request.requesterId, request.askedUserId ?? request.requesterId]),
    ...offers.map(({ userId }) => userId),
  ]);
  const offersOf = Map.groupBy(offers, ({ requestId }) => requestId);
  return rows.flatMap((row) => toDto(row, { offers: offersOf.get(row.request.id) ?? [], people, now }));
}

type Row = {
  request: typeof coverRequests.$inferSelect;
  schedule: CoverRequestDto["schedule"];
};
type About = {
  offers: readonly (typeof coverOffers.$inferSelect)[];
  people: ReadonlyMap<string, PersonRef>;
  now: Date;
};

function toDto({ request: row, schedule }: Row, { offers, people, now }: About): CoverRequestDto[] {
  const requester = people.get(row.requesterId);
  if (!requester) return [];
  const request = toCoverRequest(row, offers);
  return [
    {
      id: row.id,
      schedule,
      requester,
      asked: row.askedUserId === null ? null : (people.get(row.askedUserId) ?? null),
      ...spanDto(request),
      inReturn: request.inReturn && spanDto(request.inReturn),
      message: row.message,
      state: coverState(request, now),
      open: openSpans(request).map((span) => ({ ...spanDto(span), ...localSpan(span, schedule.timeZone) })),
      offers: offers.flatMap((offer) => {
        const user = people.get(offer.userId);
        return user ? [{ id: offer.id, user, outcome: offer.outcome, ...spanDto(offer) }] : [];
      }),
      createdAt: row.createdAt.toISOString(),
    },
  ];
}

function spanDto({ startsAt, endsAt }: CoverSpan): CoverSpanDto {
  return { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}

/** The request's schedule has a layer with this person in the version in force, that has not ended. */
function standsIn(db: Database, userId: string, now: Date): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(scheduleVersions)
      .innerJoin(scheduleLayers, eq(scheduleLayers.versionId, scheduleVersions.id))
      .innerJoin(scheduleLayerMembers, eq(scheduleLayerMembers.layerRowId, scheduleLayers.id))
      .where(
        and(
          eq(scheduleVersions.scheduleId, coverRequests.scheduleId),
          isNull(scheduleVersions.effectiveTo),
          or(isNull(scheduleLayers.endsAt), gt(scheduleLayers.endsAt, now)),
          eq(scheduleLayerMembers.userId, userId),
        ),
      ),
  );
}

function notDeclined(db: Database, userId: string): SQL {
  return notExists(
    db
      .select({ one: sql`1` })
      .from(coverDeclines)
      .where(and(eq(coverDeclines.requestId, coverRequests.id), eq(coverDeclines.userId, userId))),
  );
}
