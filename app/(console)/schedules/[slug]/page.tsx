import { cache } from "react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeedCard } from "#components/calendars/feed-card";
import { FollowedCalendars } from "#components/calendars/followed-calendars";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { BoardToolbar } from "#components/schedules/board-toolbar";
import { LayerList } from "#components/schedules/layer-list";
import { OpenCovers } from "#components/schedules/open-covers";
import { QualityCards } from "#components/schedules/quality-cards";
import { ScheduleBoard } from "#components/schedules/schedule-board";
import { ShadowCard } from "#components/schedules/shadow-card";
import { WarningList } from "#components/schedules/warning-list";
import { Card } from "#components/ui/card";
import { ButtonLink, TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { listScheduleCalendars } from "#lib/calendars/queries/calendars";
import { getFeed } from "#lib/calendars/queries/feeds";
import { readNow } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { boardLanes } from "#lib/on-call/board";
import { calendarPage } from "#lib/on-call/calendar-view";
import { listOpenCovers } from "#lib/on-call/queries/covers";
import { listShadows } from "#lib/on-call/queries/shadows";
import { findNearHandOffs } from "#lib/on-call/queries/near-hand-offs";
import { readScheduleQuality } from "#lib/on-call/queries/quality";
import type { ScheduleQuality } from "#lib/on-call/queries/quality";
import { getRenderedSchedule } from "#lib/on-call/queries/rendered";
import { getSchedule } from "#lib/on-call/queries/schedules";
import type { ScheduleDto } from "#lib/on-call/queries/schedules";
import { rotationWallClock } from "#lib/on-call/rotation-start";
import type { ScheduleAddress } from "#lib/on-call/schedule-address";
import { parseScheduleAddress, scheduleAddress } from "#lib/on-call/schedule-address";
import { warningSentence } from "#lib/on-call/warning-sentence";
import { hasPermission } from "#lib/people/permissions";
import { listUsers } from "#lib/people/queries/users";
import { DAY, HOUR, MINUTE } from "#lib/time/calendar";
import { formatDayTime, zoneCity } from "#lib/time/format";

type SearchParameters = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParameters> };

const readSchedule = cache(async (slug: string): Promise<ScheduleDto> => {
  try {
    return await getSchedule(await requireContext(), slug);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readSchedule((await params).slug)).name };
}

export default async function SchedulePage({ params, searchParams }: Props) {
  const [ctx, { slug }, parameters] = await Promise.all([requireContext(), params, searchParams]);
  const schedule = await readSchedule(slug);
  const address = parseScheduleAddress(parameters);
  const quality = readScheduleQuality(ctx, schedule.id);
  const reader = readerOf(ctx, schedule, address.zone);
  const [judged, board, covers, near] = await Promise.all([
    quality,
    readBoard(ctx, schedule, parameters),
    listOpenCovers(ctx, schedule.id),
    readNow(ctx.db).then((now) => findNearHandOffs(ctx, schedule.id, now)),
  ]);
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  return (
    <>
      <LiveRefresh entities={["schedule", "user"]} />
      <PageHeader
        title={schedule.name}
        trail={schedule.name}
        before={
          schedule.team === null ? undefined : (
            <TextLink tone="quiet" href={`/teams/${schedule.team.slug}`}>
              {schedule.team.name}
            </TextLink>
          )
        }
        description={schedule.description ?? `Hand-offs follow the clocks of ${zoneCity(schedule.timeZone)}.`}
        actions={
          <>
            {near.next === null ? null : (
              <ButtonLink href={`/on-call/handoff/${near.next}`}>Next hand-off</ButtonLink>
            )}
            {canConfigure ? (
              <ButtonLink href={`/schedules/${schedule.slug}/edit`} variant="primary">
                Edit layers
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <QualityCards quality={judged} />
      <BoardToolbar
        slug={schedule.slug}
        address={address}
        page={board.page}
        scheduleZone={schedule.timeZone}
        ownZone={ctx.actor.timeZone === schedule.timeZone ? null : ctx.actor.timeZone}
      />
      <ScheduleBoard
        schedule={{ id: schedule.id, name: schedule.name, timeZone: schedule.timeZone }}
        lanes={board.lanes}
        page={board.page}
        now={board.now}
        show={address.show}
        zone={reader.timeZone}
        people={board.people}
        viewerId={ctx.actor.id}
        canOverride={hasPermission(ctx.actor.role, "incident.respond")}
        proposal={board.proposal}
        links={board.links}
      />
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Card title="Layers" subtitle="The upper ones win over the lower ones.">
          <LayerList schedule={schedule} />
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          <OpenCovers requests={covers} />
          <Surroundings schedule={schedule} sentences={sentencesOf(judged, schedule, reader)} />
        </div>
      </div>
      <Extras ctx={ctx} schedule={schedule} board={board} />
    </>
  );
}

interface ExtrasProps {
  ctx: Context;
  schedule: ScheduleDto;
  board: Awaited<ReturnType<typeof readBoard>>;
}

/** Calendars that go out and come in, and who follows shifts. */
async function Extras({ ctx, schedule, board }: ExtrasProps) {
  const [calendars, feed] = await Promise.all([
    listScheduleCalendars(ctx, schedule.id),
    getFeed(ctx, schedule.id),
  ]);
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  return (
    <div className="mt-4 grid items-start gap-4 lg:grid-cols-2">
      <FeedCard
        title="In your calendar"
        about={`Who is on call by ${schedule.name}, as a calendar to subscribe to.`}
        scheduleId={schedule.id}
        feed={feed}
      />
      <FollowedCalendars
        scheduleId={schedule.id}
        calendars={calendars}
        canConfigure={canConfigure}
        canRefresh={hasPermission(ctx.actor.role, "incident.respond")}
      />
      <ShadowCard
        schedule={{ id: schedule.id, name: schedule.name, timeZone: schedule.timeZone }}
        shadows={board.shadows}
        people={board.people}
        viewerId={ctx.actor.id ?? ""}
        canConfigure={canConfigure}
        proposal={board.proposal}
      />
    </div>
  );
}

function Surroundings({ schedule, sentences }: { schedule: ScheduleDto; sentences: readonly string[] }) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {sentences.length === 0 ? null : (
        <Card title="Worth knowing" subtitle="Next 90 days">
          <WarningList sentences={sentences} />
        </Card>
      )}
      <Card title="Used by">
        {schedule.policies.length === 0 ? (
          <p className="text-text-2">No escalation policy uses it, so it pages nobody.</p>
        ) : (
          <ul className="flex flex-col gap-1">
            {schedule.policies.map(({ id, slug, name }) => (
              <li key={id}>
                <TextLink href={`/escalation/${slug}`}>{name}</TextLink>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

function readerOf({ actor }: Context, schedule: ScheduleDto, zone: "schedule" | "mine") {
  return { timeZone: zone === "mine" ? actor.timeZone : schedule.timeZone, locale: "en-GB", hour12: false };
}

async function readBoard(ctx: Context, schedule: ScheduleDto, parameters: SearchParameters) {
  const address = parseScheduleAddress(parameters);
  const reader = readerOf(ctx, schedule, address.zone);
  const now = (await readNow(ctx.db)).getTime();
  const page = calendarPage({ view: address.view, from: address.from, timeZone: reader.timeZone, now });
  const window = { start: new Date(page.start), end: new Date(page.end) };
  const [rendered, { users }, shadowing] = await Promise.all([
    getRenderedSchedule(ctx, { scheduleId: schedule.id, window, overflow: true }),
    listUsers(ctx, { state: "active" }),
    listShadows(ctx, { scheduleId: schedule.id, window }),
  ]);
  const proposed = Math.floor(now / MINUTE) * MINUTE;
  const to = (change: Partial<ScheduleAddress>) => scheduleAddress(schedule.slug, address, change);
  return {
    now,
    page,
    lanes: boardLanes(
      rendered,
      { reader, scheduleZone: schedule.timeZone, windowEnd: page.end },
      shadowing.shifts,
    ),
    shadows: shadowing.shadows,
    people: users.map(({ id, name }) => ({ id, name })),
    proposal: {
      fromLocal: rotationWallClock(schedule.timeZone, new Date(proposed)),
      untilLocal: rotationWallClock(schedule.timeZone, new Date(proposed + DAY)),
      coverFromLocal: rotationWallClock(schedule.timeZone, new Date(Math.ceil(now / HOUR + 0.5) * HOUR)),
    },
    links: {
      previous: to({ from: page.previous }),
      today: to({ from: null }),
      next: to({ from: page.next }),
      day: to({ view: "day" }),
      week: to({ view: "week" }),
      month: to({ view: "month" }),
    },
  };
}

function sentencesOf(
  quality: ScheduleQuality,
  schedule: ScheduleDto,
  reader: ReturnType<typeof readerOf>,
): string[] {
  const people = new Map(quality.people.map(({ id, name }) => [id, name]));
  const layers = new Map(schedule.layers.map(({ id, name }) => [id, name]));
  const read = {
    person: (id: string) => people.get(id) ?? id,
    layer: (id: string) => layers.get(id) ?? id,
    time: (at: Date | string) => formatDayTime(new Date(at).getTime(), reader),
  };
  return quality.warnings.map((warning) => warningSentence(warning, read));
}
