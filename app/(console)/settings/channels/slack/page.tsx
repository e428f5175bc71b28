import type { Metadata } from "next";
import { ChatAppPage } from "#components/channels/chat-app-page";
import { CodeBlock } from "#components/ui/code-block";
import { Forbidden } from "#components/ui/forbidden";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { env } from "#lib/env";
import { readChatAppSetup } from "#lib/notifications/queries/chat-app-setup";
import { slackManifest } from "#lib/notifications/slack-manifest";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Slack app" };

export default async function SlackPage() {
  const ctx = await requireContext();
  if (!hasPermission(ctx.actor.role, "organisation.manage")) {
    return (
      <Forbidden what="The Slack app" role={leastRoleWith("organisation.manage")} grantedBy="An admin" />
    );
  }
  return (
    <ChatAppPage
      kind="slack"
      {...await readChatAppSetup(ctx, "slack")}
      description="Pages people as direct messages, with buttons to acknowledge, resolve and note."
      steps={[
        <>
          On <TextLink href="https://api.slack.com/apps">api.slack.com/apps</TextLink> choose Create New App,
          From a manifest, and your workspace.
        </>,
        "Paste the manifest below. It names the rights the app needs and where Slack brings the answers.",
        "Install the app to the workspace, and copy its two secrets into the fields.",
        "Then each person adds Slack to their contact methods; their e-mail address says who they are.",
      ]}
    >
      <CodeBlock name="App manifest" code={slackManifest(env().url)} />
    </ChatAppPage>
  );
}
