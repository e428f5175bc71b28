import { PROVIDER_CONFIG } from "#lib/notifications/channels/provider-config";
import type { Carrier } from "#lib/notifications/channels/telephony/carrier";
import { gatewayCarrier } from "#lib/notifications/channels/telephony/gateway";
import { twilioCarrier } from "#lib/notifications/channels/telephony/twilio";
import { vonageCarrier } from "#lib/notifications/channels/telephony/vonage";
import type { ProviderKind } from "#lib/notifications/provider";

/** The carrier behind a provider that was set up; null: this kind carries neither texts nor calls. */
export function carrierOf(
  kind: ProviderKind,
  settings: unknown,
  secret: unknown,
  options: { allowPrivate: boolean },
): Carrier | null {
  switch (kind) {
    case "twilio": {
      const { twilio } = PROVIDER_CONFIG;
      return twilioCarrier(twilio.settings.parse(settings), twilio.secret.parse(secret), options);
    }
    case "vonage": {
      const { vonage } = PROVIDER_CONFIG;
      return vonageCarrier(vonage.settings.parse(settings), vonage.secret.parse(secret), options);
    }
    case "gateway": {
      const { gateway } = PROVIDER_CONFIG;
      return gatewayCarrier(gateway.settings.parse(settings), gateway.secret.parse(secret), options);
    }
    case "slack":
    case "telegram":
    case "pushover":
      return null;
  }
}
