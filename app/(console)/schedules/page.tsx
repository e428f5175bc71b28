import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { CoverInbox } from "#components/schedules/cover-inbox";
import { MyShifts } from "#components/schedules/my-shifts";
import { ScheduleRow, SHOWN_DAYS } from "#components/schedules/schedule-row";
import { TemplateLinks } from "#components/schedules/template-links";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink, TextLink } from "#components/ui/link";
import { RowNavigation } from "#components/ui/row-navigation";
import { HeaderCell, Table, TableHead } from "#components/ui/table";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { readNow } from "#lib/context";
import { readCoverInbox } from "#lib/on-call/queries/covers";
import { listScheduleOverviews } from "#lib/on-call/queries/overview";
import type { ScheduleOverview } from "#lib/on-call/queries/overview";
import { listPersonShifts } from "#lib/on-call/queries/person-shifts";
import { hasPermission } from "#lib/people/permissions";
import { getUser } from "#lib/people/queries/users";

export const metadata: Metadata = { title: "Schedules" };

const FILTERS = ["all", "gaps", "mine", "team"] as const;
type Filter = (typeof FILTERS)[number];

export default async function SchedulesPage({ searchParams }: { searchParams: Promise<{ show?: string }> }) {
  const [ctx, { show }] = await Promise.all([requireContext(), searchParams]);
  const viewerId = ctx.actor.id ?? "";
  const [{ schedules }, shifts, viewer, now, covers] = await Promise.all([
    listScheduleOverviews(ctx),
    listPersonShifts(ctx),
    getUser(ctx, viewerId),
    readNow(ctx.db),
    readCoverInbox(ctx),
  ]);
  const filter = FILTERS.find((name) => name === show) ?? "all";
  const teamIds = new Set(viewer.teams.map(({ id }) => id));
  const of = (name: Filter) => schedules.filter((schedule) => belongs(schedule, name, viewerId, teamIds));
  const shown = of(filter);
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  return (
    <>
      <LiveRefresh entities={["schedule", "escalation_policy", "user"]} />
      <PageHeader
        title="Schedules"
        description={describe(schedules)}
        actions={
          canConfigure ? (
            <ButtonLink href="/schedules/new" variant="primary">
              New schedule
            </ButtonLink>
          ) : undefined
        }
      >
        {schedules.length === 0 ? null : (
          <SegmentedLinks
            label="Filter"
            options={FILTERS.map((name) => ({
              href: name === "all" ? "/schedules" : `/schedules?show=${name}`,
              label: { all: "All", gaps: "With gaps", mine: "Mine", team: "My teams’" }[name],
              count: of(name).length,
              current: filter === name,
            }))}
          />
        )}
      </PageHeader>
      {schedules.length === 0 ? (
        <EmptyState
          kind="first-use"
          title="No schedules yet"
          actions={canConfigure ? <TemplateLinks /> : undefined}
        >
          A schedule says who is on call when. Start from one of these; everything can be changed before it is
          published.
        </EmptyState>
      ) : (
        <>
          <MyShifts
            shifts={shifts}
            now={now.getTime()}
            viewerId={hasPermission(ctx.actor.role, "incident.respond") ? viewerId : null}
          />
          <CoverInbox covers={covers} viewerId={viewerId} />
          {shown.length === 0 ? (
            <EmptyState kind={filter === "gaps" ? "all-clear" : "filtered"} title={EMPTY[filter]}>
              <TextLink href="/schedules">Show all {schedules.length}</TextLink>
            </EmptyState>
          ) : (
            <ScheduleTable schedules={shown} now={now.getTime()} />
          )}
        </>
      )}
    </>
  );
}

const EMPTY: Record<Filter, string> = {
  all: "No schedules.",
  gaps: "No schedule has a gap in the next 30 days.",
  mine: "You are in no schedule.",
  team: "Your teams have no schedule.",
};

function ScheduleTable({ schedules, now }: { schedules: readonly ScheduleOverview[]; now: number }) {
  return (
    <Card flush>
      <RowNavigation>
        <Table caption="Schedules">
          <TableHead>
            <HeaderCell>Schedule</HeaderCell>
            <HeaderCell className="max-md:hidden">Now, then next</HeaderCell>
            <HeaderCell className="max-lg:hidden">Next {SHOWN_DAYS} days</HeaderCell>
            <HeaderCell className="max-md:hidden">Covered, 30 days</HeaderCell>
            <HeaderCell className="max-xl:hidden">Used by</HeaderCell>
          </TableHead>
          <tbody>
            {schedules.map((schedule) => (
              <ScheduleRow key={schedule.id} schedule={schedule} now={now} />
            ))}
          </tbody>
        </Table>
      </RowNavigation>
    </Card>
  );
}

function belongs(
  { gaps, people, team }: ScheduleOverview,
  filter: Filter,
  viewerId: string,
  teamIds: ReadonlySet<string>,
): boolean {
  if (filter === "gaps") return gaps.length > 0;
  if (filter === "mine") return people.some(({ id }) => id === viewerId);
  return filter === "all" || (team !== null && teamIds.has(team.id));
}

function describe(schedules: readonly ScheduleOverview[]): string {
  const gaps = schedules.filter((schedule) => schedule.gaps.length > 0).length;
  const counted = `${schedules.length} ${schedules.length === 1 ? "schedule" : "schedules"}`;
  if (schedules.length === 0) return "Who is on call when.";
  return gaps === 0
    ? `${counted}, all covered for the next 30 days.`
    : `${counted}, ${gaps} with gaps in the next 30 days.`;
}
