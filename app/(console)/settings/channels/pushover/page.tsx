import type { Metadata } from "next";
import { ChatAppPage } from "#components/channels/chat-app-page";
import { Forbidden } from "#components/ui/forbidden";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { readChatAppSetup } from "#lib/notifications/queries/chat-app-setup";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Pushover application" };

export default async function PushoverPage() {
  const ctx = await requireContext();
  if (!hasPermission(ctx.actor.role, "organisation.manage")) {
    return <Forbidden what="Pushover" role={leastRoleWith("organisation.manage")} grantedBy="An admin" />;
  }
  return (
    <ChatAppPage
      kind="pushover"
      {...await readChatAppSetup(ctx, "pushover")}
      description="Rings through silent mode until somebody acknowledges in the app, which acknowledges here."
      steps={[
        <>
          On <TextLink href="https://pushover.net/apps/build">pushover.net</TextLink> create an application,
          named as people should see it.
        </>,
        "Copy its API token into the field.",
        "Then each person adds Pushover to their contact methods, with their user key.",
      ]}
    />
  );
}
