import type { Metadata } from "next";
import { ChatAppPage } from "#components/channels/chat-app-page";
import { Forbidden } from "#components/ui/forbidden";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { readChatAppSetup } from "#lib/notifications/queries/chat-app-setup";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Telegram bot" };

export default async function TelegramPage() {
  const ctx = await requireContext();
  if (!hasPermission(ctx.actor.role, "organisation.manage")) {
    return (
      <Forbidden what="The Telegram bot" role={leastRoleWith("organisation.manage")} grantedBy="An admin" />
    );
  }
  return (
    <ChatAppPage
      kind="telegram"
      {...await readChatAppSetup(ctx, "telegram")}
      description="Pages people in a private chat with a bot of your own, with buttons to acknowledge and resolve."
      steps={[
        <>
          In Telegram write to <TextLink href="https://t.me/BotFather">@BotFather</TextLink>: /newbot, a name,
          and a user name that ends in bot.
        </>,
        "Copy the token it answers into the field. Touchline tells Telegram where to bring the answers: this deployment must have a public https address.",
        "Then each person links their own chat from their contact methods.",
      ]}
    />
  );
}
