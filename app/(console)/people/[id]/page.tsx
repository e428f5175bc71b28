import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { LocalTime } from "#components/on-call/local-time";
import { DutiesCard, ShiftsCard } from "#components/people/duty-cards";
import { PersonActions } from "#components/people/person-actions";
import { PagesCard } from "#components/people/pages-card";
import { ReachCard } from "#components/people/reach-card";
import { OpenIncidents } from "#components/services/open-incidents";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { ButtonLink, TextLink } from "#components/ui/link";
import { Avatar } from "#components/ui/person-chip";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { parseIncidentFilter } from "#lib/incidents/filter";
import { listPersonPages } from "#lib/incidents/queries/person-pages";
import { listIncidents } from "#lib/incidents/queries/list-incidents";
import { listPersonShifts } from "#lib/on-call/queries/person-shifts";
import { hasPermission, isSelf } from "#lib/people/permissions";
import { listContacts } from "#lib/people/queries/contacts";
import { getPerson } from "#lib/people/queries/people";
import { ROLE_WORDS, TEAM_ROLE_WORDS } from "#lib/people/role-words";

type Params = { params: Promise<{ id: string }> };

const SHOWN = 10;

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const [ctx, { id }] = await Promise.all([requireContext(), params]);
  const { name } = await orNotFound(getPerson(ctx, id));
  return { title: name };
}

export default async function PersonPage({ params }: Params) {
  const [ctx, { id }] = await Promise.all([requireContext(), params]);
  const person = await orNotFound(getPerson(ctx, id));
  const address = `assignee=${person.id}&status=open`;
  const { filter } = parseIncidentFilter(new URLSearchParams(address));
  const [contacts, shifts, open, pages] = await Promise.all([
    listContacts(ctx, [person.id]),
    listPersonShifts(ctx, { userId: person.id }),
    listIncidents(ctx, { filter, sort: "act-now", limit: SHOWN }),
    listPersonPages(ctx, { userId: person.id }),
  ]);
  const own = isSelf(ctx.actor, person.id);
  const { role } = ctx.actor;
  return (
    <>
      <LiveRefresh entities={["user", "team", "schedule", "escalation_policy"]} />
      <PageHeader
        trail={person.name}
        before={<Before person={person} />}
        title={
          <span className="flex items-center gap-2.5">
            <Avatar id={person.id} name={person.name} size="medium" />
            {person.name}
          </span>
        }
        description={<LocalTime zone={person.timeZone} />}
        actions={
          <>
            {own ? <ButtonLink href="/me">Edit my profile</ButtonLink> : null}
            {hasPermission(role, "people.manage") && !own ? (
              <PersonActions person={person} viewerRole={role} />
            ) : null}
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-4">
          <OpenIncidents
            key={person.id}
            query={`${address}&sort=act-now&limit=${SHOWN}`}
            href={`/incidents?${address}`}
            initial={open}
          />
          <PagesCard person={person} pages={pages} />
          <DutiesCard duties={person.duties} />
          <ShiftsCard shifts={shifts} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <ReachCard
            readiness={person.readiness}
            contacts={contacts.get(person.id) ?? { methods: [], rules: [], handoffRules: [] }}
            isSelf={own}
          />
          <TeamsCard teams={person.teams} />
        </div>
      </div>
    </>
  );
}

type Person = Awaited<ReturnType<typeof getPerson>>;

function Before({ person }: { person: Person }) {
  return (
    <>
      {person.isDeactivated ? <Badge hue="amber">Deactivated</Badge> : null}
      <span>{ROLE_WORDS[person.role].label}</span>
      {person.jobTitle === null ? null : <span>· {person.jobTitle}</span>}
    </>
  );
}

function TeamsCard({ teams }: { teams: Person["teams"] }) {
  return (
    <Card title="Teams">
      {teams.length === 0 ? (
        <p className="text-body text-text-2">In no team.</p>
      ) : (
        <ul className="flex flex-col gap-2.5 text-body">
          {teams.map(({ id, slug, name, role }) => (
            <li key={id} className="flex justify-between gap-3">
              <TextLink tone="quiet" href={`/teams/${slug}`}>
                {name}
              </TextLink>
              <span className="text-table text-text-3">{TEAM_ROLE_WORDS[role]}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
