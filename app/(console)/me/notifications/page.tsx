import type { Metadata } from "next";
import { LiveRefresh } from "#components/live/live-refresh";
import { ContactMethodsCard } from "#components/people/contact-methods-card";
import { EventRulesCard } from "#components/people/event-rules-card";
import { HandoffRulesCard } from "#components/people/handoff-rules-card";
import { QuietCard } from "#components/people/quiet-card";
import { RulesCard } from "#components/people/rules-card";
import { Callout } from "#components/ui/callout";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { readNotificationSettings } from "#lib/notifications/queries/settings";

export const metadata: Metadata = { title: "Your notifications" };

export default async function MyNotificationsPage() {
  const ctx = await requireContext();
  const userId = ctx.actor.id ?? "";
  const settings = await readNotificationSettings(ctx, { userId });
  const general = settings.warnings.filter(({ urgency }) => urgency === null);
  return (
    <div className="flex flex-col gap-4">
      <LiveRefresh entities={["user"]} />
      {general.map(({ code, message }) => (
        <Callout key={code} tone="warning" title={message} />
      ))}
      <ContactMethodsCard
        userId={userId}
        methods={settings.contactMethods}
        available={settings.availableChannels}
      />
      {settings.availableChannels.some((channel) => channel === "sms" || channel === "phone") ? (
        <p className="text-table text-text-2">
          <a href="/api/ui/phone-book.vcf" download className="text-accent underline underline-offset-3">
            Save Touchline’s numbers as a contact
          </a>{" "}
          and let that contact through in your phone’s settings: Do Not Disturb silences every number it does
          not know.
        </p>
      ) : null}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <RulesCard userId={userId} urgency="high" settings={settings} />
        <RulesCard userId={userId} urgency="low" settings={settings} />
        <EventRulesCard userId={userId} settings={settings} />
        <div className="flex flex-col gap-4">
          <HandoffRulesCard userId={userId} settings={settings} />
          <QuietCard userId={userId} settings={settings} />
        </div>
      </div>
      <p className="text-table text-text-2">
        What was sent to you, and how it went, is in the{" "}
        <TextLink href={`/settings/notifications?person=${userId}`}>notification log</TextLink>.
      </p>
    </div>
  );
}
