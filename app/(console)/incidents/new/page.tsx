import type { Metadata } from "next";
import { DeclareForm } from "#components/incidents/declare-form";
import { PageHeader } from "#components/layout/page-header";
import { EmptyState } from "#components/ui/empty-state";
import { Forbidden } from "#components/ui/forbidden";
import { ButtonLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Declare an incident" };

export default async function DeclarePage({ searchParams }: { searchParams: Promise<{ service?: string }> }) {
  const [ctx, { service }] = await Promise.all([requireContext(), searchParams]);
  if (!hasPermission(ctx.actor.role, "incident.declare")) {
    return (
      <Forbidden what="Declaring an incident" role={leastRoleWith("incident.declare")} grantedBy="An admin" />
    );
  }
  const choices = await readFilterChoices(ctx);
  const known = choices.services.find(({ id }) => id === service)?.id ?? null;
  return (
    <>
      <PageHeader
        title="Declare an incident"
        description="Whoever is on call for the service is paged as soon as you send this."
      />
      {choices.services.length === 0 ? (
        <EmptyState
          kind="first-use"
          title="There is no service yet."
          actions={<ButtonLink href="/services/new">Add a service</ButtonLink>}
        >
          A service is anything that can page someone; an incident belongs to one.
        </EmptyState>
      ) : (
        <DeclareForm choices={choices} serviceId={known} />
      )}
    </>
  );
}
