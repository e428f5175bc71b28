import type { Metadata } from "next";
import { Suspense } from "react";
import { TeamChannelsCard } from "#components/channels/team-channels-card";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { DeleteTeam } from "#components/people/delete-team";
import { TeamDialog } from "#components/people/team-dialog";
import { TeamMembers } from "#components/people/team-members";
import { SummaryCard } from "#components/reports/summary-card";
import { OpenIncidents } from "#components/services/open-incidents";
import { ServiceTable } from "#components/services/service-table";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { RowNavigation } from "#components/ui/row-navigation";
import { CardSkeleton } from "#components/ui/skeleton";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { listPolicies } from "#lib/escalation/queries/policies";
import { orNotFound } from "#lib/http/or-not-found";
import { parseIncidentFilter } from "#lib/incidents/filter";
import { listIncidents } from "#lib/incidents/queries/list-incidents";
import { listTeamChannels } from "#lib/notifications/queries/team-channels";
import { listSchedules } from "#lib/on-call/queries/schedules";
import { hasPermission } from "#lib/people/permissions";
import { listPeople } from "#lib/people/queries/people";
import { getTeam, listTeamMembers, listTeams } from "#lib/people/queries/teams";
import { readSummary } from "#lib/reports/queries/summary";
import { listCatalogue } from "#lib/services/queries/catalogue";

type Params = { params: Promise<{ slug: string }> };

const SHOWN = 10;

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const { name } = await orNotFound(getTeam(ctx, slug));
  return { title: name };
}

export default async function TeamPage({ params }: Params) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const team = await orNotFound(getTeam(ctx, slug));
  const address = `team=${team.id}&status=open`;
  const { filter } = parseIncidentFilter(new URLSearchParams(address));
  const teamIds = [team.id];
  const [open, { services }, membersOf, { people }, { policies }, { schedules }, { teams }, channels] =
    await Promise.all([
      listIncidents(ctx, { filter, sort: "act-now", limit: SHOWN }),
      listCatalogue(ctx, { teamIds }),
      listTeamMembers(ctx, teamIds),
      listPeople(ctx),
      listPolicies(ctx, { teamIds }),
      listSchedules(ctx, { teamIds }),
      listTeams(ctx),
      listTeamChannels(ctx, { teamId: team.id }),
    ]);
  const members = membersOf.get(team.id) ?? [];
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  const isManager = members.some(({ id, role }) => id === ctx.actor.id && role === "manager");
  return (
    <>
      <LiveRefresh entities={["team", "service", "user", "schedule", "escalation_policy"]} />
      <PageHeader
        title={team.name}
        trail={team.name}
        description={team.description ?? undefined}
        actions={
          <>
            {canConfigure ? (
              <DeleteTeam team={team} others={teams.filter(({ id }) => id !== team.id)} />
            ) : null}
            {canConfigure || isManager ? <TeamDialog team={team} /> : null}
          </>
        }
      />
      <div className="flex flex-col gap-4">
        <OpenIncidents
          key={team.id}
          query={`${address}&sort=act-now&limit=${SHOWN}`}
          href={`/incidents?${address}`}
          initial={open}
          {...lastIncident(services)}
        />
        <Suspense fallback={<CardSkeleton lines={6} />}>
          <Numbers ctx={ctx} teamId={team.id} />
        </Suspense>
        <Card flush title="Services" subtitle={`${services.length} owned by this team`}>
          {services.length === 0 ? (
            <EmptyState kind="filtered" title="This team owns no service." />
          ) : (
            <RowNavigation>
              <ServiceTable services={services} />
            </RowNavigation>
          )}
        </Card>
        <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <TeamMembers
            teamId={team.id}
            members={members}
            readiness={Object.fromEntries(people.map(({ id, readiness }) => [id, readiness.state]))}
            others={people
              .filter(({ id }) => !members.some((member) => member.id === id))
              .map(({ id, name }) => ({ id, name }))}
            canArrange={canConfigure || isManager}
          />
          <div className="flex min-w-0 flex-col gap-4">
            <Names title="Escalation policies" base="/escalation" entries={policies} />
            <Names title="Schedules" base="/schedules" entries={schedules} />
            <TeamChannelsCard
              owner={{ type: "team", id: team.id }}
              canArrange={canConfigure || isManager}
              {...channels}
            />
          </div>
        </div>
      </div>
    </>
  );
}

async function Numbers({ ctx, teamId }: { ctx: Context; teamId: string }) {
  return <SummaryCard summary={await readSummary(ctx, { team: [teamId] })} />;
}

function lastIncident(services: readonly { lastIncidentAt: string | null }[]) {
  const last = services
    .flatMap(({ lastIncidentAt }) => lastIncidentAt ?? [])
    .toSorted()
    .at(-1);
  return last === undefined ? {} : { lastIncidentAt: last };
}

interface NamesProps {
  title: string;
  base: string;
  entries: readonly { id: string; name: string; slug: string }[];
}

function Names({ title, base, entries }: NamesProps) {
  return (
    <Card title={title}>
      {entries.length === 0 ? (
        <p className="text-body text-text-2">None.</p>
      ) : (
        <ul className="flex flex-col gap-2.5 text-body">
          {entries.map(({ id, slug, name }) => (
            <li key={id}>
              <TextLink tone="quiet" href={`${base}/${slug}`} className="[overflow-wrap:anywhere]">
                {name}
              </TextLink>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
