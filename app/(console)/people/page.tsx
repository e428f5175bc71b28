import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { NewPerson } from "#components/people/new-person";
import { PeopleList } from "#components/people/people-list";
import { ButtonLink } from "#components/ui/link";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { listPeople } from "#lib/people/queries/people";
import type { PersonDto } from "#lib/people/queries/people";
import type { ReadinessState } from "#lib/people/readiness";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({
  searchParams,
}: {
  searchParams: Promise<{ state?: string | string[] }>;
}) {
  const [ctx, asked] = await Promise.all([requireContext(), searchParams]);
  const state = asked.state === "deactivated" ? "deactivated" : "active";
  const { people } = await listPeople(ctx, { state });
  const { role } = ctx.actor;
  return (
    <>
      <LiveRefresh entities={["user", "team", "schedule", "escalation_policy"]} />
      <PageHeader
        title="People"
        description={state === "active" ? describe(people) : "They can't sign in and are never paged."}
        actions={
          <>
            <ButtonLink href="/readiness">Readiness</ButtonLink>
            <ButtonLink href="/teams">Teams</ButtonLink>
            {hasPermission(role, "people.manage") ? <NewPerson viewerRole={role} /> : null}
          </>
        }
      >
        {hasPermission(role, "people.manage") ? (
          <SegmentedLinks
            label="Who is shown"
            options={[
              { href: "/people", label: "Active", current: state === "active" },
              { href: "/people?state=deactivated", label: "Deactivated", current: state === "deactivated" },
            ]}
          />
        ) : null}
      </PageHeader>
      {people.length === 0 ? (
        <p className="py-10 text-center text-body text-text-2">Nobody is deactivated.</p>
      ) : (
        <PeopleList key={state} people={people} />
      )}
    </>
  );
}

function describe(people: readonly PersonDto[]): string {
  const onCall = people.filter(({ duties }) => duties.length > 0);
  const count = (of: readonly PersonDto[], state: ReadinessState) =>
    of.filter(({ readiness }) => readiness.state === state).length;
  const unreachable = count(onCall, "unreachable");
  return [
    `${people.length === 1 ? "One person" : `${people.length} people`}, ${onCall.length} on call now.`,
    `${count(people, "ready")} ready to be paged at night.`,
    ...(unreachable === 0 ? [] : [`${unreachable} of those on call can't be reached.`]),
  ].join(" ");
}
