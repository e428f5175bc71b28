import type { Metadata } from "next";
import { ProfileForm } from "#components/people/profile-form";
import { SecurityCard } from "#components/people/security-card";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { getUser } from "#lib/people/queries/users";

export const metadata: Metadata = { title: "Your profile" };

export default async function MyProfilePage() {
  const ctx = await requireContext();
  const { id, name, email, jobTitle, timeZone } = await getUser(ctx, ctx.actor.id ?? "");
  return (
    <div className="flex flex-col gap-4">
      <ProfileForm
        userId={id}
        profile={{ name, email, jobTitle, timeZone }}
        canChangeEmail={hasPermission(ctx.actor.role, "people.manage")}
      />
      <SecurityCard userId={id} />
    </div>
  );
}
