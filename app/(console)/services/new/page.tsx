import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { NewServiceForm } from "#components/services/new-service-form";
import { EmptyState } from "#components/ui/empty-state";
import { Forbidden } from "#components/ui/forbidden";
import { ButtonLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";
import { readServiceChoices } from "#lib/services/queries/choices";

export const metadata: Metadata = { title: "New service" };

export default async function NewServicePage() {
  const ctx = await requireContext();
  if (!hasPermission(ctx.actor.role, "configure")) {
    return <Forbidden what="Adding a service" role={leastRoleWith("configure")} grantedBy="An admin" />;
  }
  const choices = await readServiceChoices(ctx);
  return (
    <>
      <PageHeader title="New service" description="Anything that can page someone, and who that is." />
      {choices.policies.length === 0 ? (
        <EmptyState
          kind="first-use"
          title="An escalation policy comes first."
          actions={
            <ButtonLink href="/escalation/new" variant="primary">
              New escalation policy
            </ButtonLink>
          }
        >
          It says who is told about incidents of a service, and who if they don’t answer.
        </EmptyState>
      ) : (
        <NewServiceForm choices={choices} />
      )}
    </>
  );
}
