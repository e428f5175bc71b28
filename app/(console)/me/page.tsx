import type { Metadata } from "next";
import { FeedCard } from "#components/calendars/feed-card";
import { ProfileForm } from "#components/people/profile-form";
import { SecurityCard } from "#components/people/security-card";
import { requireContext } from "#lib/auth/session";
import { getFeed } from "#lib/calendars/queries/feeds";
import { hasPermission } from "#lib/people/permissions";
import { getUser } from "#lib/people/queries/users";

export const metadata: Metadata = { title: "Your profile" };

export default async function MyProfilePage() {
  const ctx = await requireContext();
  const [{ id, name, email, jobTitle, timeZone }, feed] = await Promise.all([
    getUser(ctx, ctx.actor.id ?? ""),
    getFeed(ctx, null),
  ]);
  return (
    <div className="flex flex-col gap-4">
      <ProfileForm
        userId={id}
        profile={{ name, email, jobTitle, timeZone }}
        canChangeEmail={hasPermission(ctx.actor.role, "people.manage")}
      />
      <FeedCard
        title="Your shifts in your calendar"
        about="All your shifts, of every schedule, as a calendar to subscribe to."
        scheduleId={null}
        feed={feed}
      />
      <SecurityCard userId={id} />
    </div>
  );
}
