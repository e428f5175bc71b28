import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { OrganisationForm } from "#components/settings/organisation-form";
import { RemoveDemoCard } from "#components/settings/remove-demo-card";
import { Forbidden } from "#components/ui/forbidden";
import { requireContext } from "#lib/auth/session";
import { readDemoSize } from "#lib/organisation/queries/demo";
import { getSettings } from "#lib/organisation/queries/settings";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";
import { listUsers } from "#lib/people/queries/users";

export const metadata: Metadata = { title: "Organisation" };

export default async function OrganisationPage() {
  const ctx = await requireContext();
  if (!hasPermission(ctx.actor.role, "organisation.manage")) {
    const role = leastRoleWith("organisation.manage");
    return <Forbidden what="The organisation's settings" role={role} grantedBy="An owner" />;
  }
  const [settings, demo, { users }] = await Promise.all([
    getSettings(ctx),
    readDemoSize(ctx),
    listUsers(ctx),
  ]);
  return (
    <>
      <PageHeader title="Organisation" description="What applies to everybody." />
      <div className="flex flex-col gap-4">
        <OrganisationForm settings={settings} people={users.map(({ id, name }) => ({ id, name }))} />
        <RemoveDemoCard size={demo} />
      </div>
    </>
  );
}
