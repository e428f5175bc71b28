import { PROVIDER_CONFIG } from "#lib/notifications/channels/provider-config";
import type { Hooks } from "#lib/notifications/channels/telephony/hooks";
import { twilioHooks } from "#lib/notifications/channels/telephony/twilio-hooks";
import { vonageHooks } from "#lib/notifications/channels/telephony/vonage-hooks";
import type { LoadedProvider } from "#lib/notifications/queries/providers";

/** How this provider talks to us; null: it doesn't. Throws UnreadableSecret. */
export function hooksOf({ kind, readSecret }: LoadedProvider): Hooks | null {
  if (kind === "twilio") return twilioHooks(PROVIDER_CONFIG.twilio.secret.parse(readSecret()));
  if (kind === "vonage") return vonageHooks(PROVIDER_CONFIG.vonage.secret.parse(readSecret()));
  return null;
}
