import type { ReactNode } from "react";
import { PageHeader } from "#components/layout/page-header";
import { ReadinessBadge } from "#components/people/readiness-badge";
import { LinkTabs } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { getPerson } from "#lib/people/queries/people";

export default async function MeLayout({ children }: { children: ReactNode }) {
  const ctx = await requireContext();
  const person = await getPerson(ctx, ctx.actor.id ?? "");
  const [reason] = person.readiness.reasons;
  return (
    <>
      <PageHeader
        title={person.name}
        trail="Account"
        before={
          <>
            <ReadinessBadge state={person.readiness.state} />
            {reason === undefined ? null : <span>{reason}</span>}
          </>
        }
      >
        <LinkTabs
          label="Your account"
          tabs={[
            { href: "/me", label: "Profile", exact: true },
            { href: "/me/notifications", label: "Notifications" },
            { href: "/me/time-off", label: "Time off" },
            { href: "/me/preferences", label: "Preferences" },
          ]}
        />
      </PageHeader>
      {children}
    </>
  );
}
