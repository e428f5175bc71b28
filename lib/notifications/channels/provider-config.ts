import { z } from "zod";
import { lineField, webUrlField } from "#lib/field-schemas";
import { KIND_CHANNELS } from "#lib/notifications/provider";
import type { ProviderKind } from "#lib/notifications/provider";
import type { Channel } from "#lib/notifications/vocabulary";

const E164 = /^\+[1-9]\d{6,14}$/;
const phoneNumber = z
  .string()
  .transform((text) => text.replace(/[\s()./-]/g, ""))
  .pipe(z.string().regex(E164, "must be a number with its country, like +4930123456"));
/** What a form leaves empty is not there. */
const orNothing = <T extends z.ZodType>(field: T) =>
  z.preprocess((value) => (value === "" || value === null ? undefined : value), field.optional());
const token = z.string().trim().min(1, "can't be blank").max(5_000, "is too long");
const account = z
  .string()
  .trim()
  .regex(/^[\w-]{2,80}$/, "is not valid");
/** Without the slash at its end, so that paths can be appended. */
const baseUrl = (usual: string) =>
  z.preprocess(
    (value) => (value === "" || value === undefined ? usual : value),
    webUrlField.transform((url) => url.replace(/\/+$/, "")),
  );
/** `+49 30 123, +49 30 124`: what people save as Touchline's numbers. */
const numbers = z.preprocess(
  (value) => (typeof value === "string" ? value.split(/[,;\n]/).filter((part) => part.trim() !== "") : value),
  z.array(phoneNumber).max(20, "are too many (at most 20)").default([]),
);

const twilioSettings = z.object({
  accountSid: account,
  apiKeySid: orNothing(account),
  from: orNothing(phoneNumber),
  messagingServiceSid: orNothing(account),
  machineDetection: z.boolean().default(true),
  baseUrl: baseUrl("https://api.twilio.com"),
  numbers,
});
const twilioSecret = z.object({ authToken: token, apiKeySecret: orNothing(token) });

const vonageSettings = z.object({
  apiKey: account,
  applicationId: orNothing(account),
  from: z.string().trim().min(3, "is too short").max(20, "is too long"),
  baseUrl: baseUrl("https://api.nexmo.com"),
  numbers,
});
const vonageSecret = z.object({
  apiSecret: token,
  signatureSecret: token,
  privateKey: orNothing(token),
});

const gatewaySettings = z.object({
  url: webUrlField,
  method: z.enum(["POST", "GET"]).default("POST"),
  body: z.string().max(5_000, "is too long").default(""),
  contentType: z.enum(["application/json", "application/x-www-form-urlencoded", "text/plain"]),
  idPath: orNothing(lineField(200)),
  numbers,
});
const headerLine = /^[\w-]+:[^\r\n]*$/;
const gatewaySecret = z.object({
  // Name: value, one a line. They usually carry the key, so all of them are kept as a secret.
  headers: orNothing(
    token.refine(
      (text) => text.split("\n").every((line) => line.trim() === "" || headerLine.test(line.trim())),
      "must be lines of “Name: value”",
    ),
  ),
});

/** Found out from the token: nobody types them in. */
const slackSettings = z.object({
  teamId: account,
  teamName: lineField(200),
  baseUrl: baseUrl("https://slack.com/api"),
});
const slackSecret = z.object({ botToken: token, signingSecret: token });
const telegramSettings = z.object({ username: account, baseUrl: baseUrl("https://api.telegram.org") });
const telegramSecret = z.object({ token, webhookSecret: token });
const pushoverSettings = z.object({ baseUrl: baseUrl("https://api.pushover.net") });
const pushoverSecret = z.object({ token });

/** What each kind of provider is set up with: what may be shown, and what is kept encrypted. */
export const PROVIDER_CONFIG = {
  twilio: { settings: twilioSettings, secret: twilioSecret },
  vonage: { settings: vonageSettings, secret: vonageSecret },
  gateway: { settings: gatewaySettings, secret: gatewaySecret },
  slack: { settings: slackSettings, secret: slackSecret },
  telegram: { settings: telegramSettings, secret: telegramSecret },
  pushover: { settings: pushoverSettings, secret: pushoverSecret },
} satisfies Partial<Record<ProviderKind, { settings: z.ZodType; secret: z.ZodType }>>;

export type TwilioSettings = z.output<typeof twilioSettings>;
export type TwilioSecret = z.output<typeof twilioSecret>;
export type VonageSettings = z.output<typeof vonageSettings>;
export type VonageSecret = z.output<typeof vonageSecret>;
export type GatewaySettings = z.output<typeof gatewaySettings>;
export type GatewaySecret = z.output<typeof gatewaySecret>;

type Missing = { field: string; message: string };
type Given = Record<string, unknown>;

/** What a channel needs of a kind's settings beyond what is well-formed; null: nothing is missing. */
export function missingSetting(
  kind: ProviderKind,
  channel: Channel,
  settings: Given,
  secret: Given,
): Missing | null {
  if (!KIND_CHANNELS[kind].includes(channel)) return { field: "kind", message: `can't carry ${channel}` };
  if (kind === "twilio") return missingOfTwilio(channel, settings, secret);
  return kind === "vonage" && channel === "phone" ? missingForVonageCalls(settings, secret) : null;
}

function missingOfTwilio(channel: Channel, settings: Given, secret: Given): Missing | null {
  const hasNumber = Boolean(settings["from"]);
  if (channel === "phone" && !hasNumber) return { field: "settings.from", message: "is needed for calls" };
  if (!hasNumber && !settings["messagingServiceSid"]) {
    return { field: "settings.from", message: "or a messaging service is needed" };
  }
  if (settings["apiKeySid"] && !secret["apiKeySecret"]) {
    return { field: "secret.apiKeySecret", message: "is needed with an API key" };
  }
  return null;
}

function missingForVonageCalls(settings: Given, secret: Given): Missing | null {
  if (!settings["applicationId"]) return { field: "settings.applicationId", message: "is needed for calls" };
  return secret["privateKey"] ? null : { field: "secret.privateKey", message: "is needed for calls" };
}
