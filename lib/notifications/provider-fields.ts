import type { ProviderKind } from "#lib/notifications/provider";
import type { Channel } from "#lib/notifications/vocabulary";

/** One setting of a provider, as its form asks for it. */
export type ProviderField = {
  name: string;
  label: string;
  hint?: string;
  /** Kept encrypted and never shown again. */
  isSecret?: true;
  isOptional?: true;
  placeholder?: string;
  input?: "lines" | "switch" | "url" | "tel";
  choices?: readonly { value: string; label: string }[];
  /** Asked for these channels alone. */
  only?: readonly Channel[];
};

const NUMBERS: ProviderField = {
  name: "numbers",
  label: "Other numbers it sends from",
  hint: "Separated by commas; they go into the contact that people save, so that their phones let them through.",
  isOptional: true,
};

/** What the form of each kind of telephony provider asks for, in its order. */
export const TELEPHONY_FIELDS: Record<"twilio" | "vonage" | "gateway", readonly ProviderField[]> = {
  twilio: [
    { name: "accountSid", label: "Account SID", placeholder: "AC…" },
    {
      name: "authToken",
      label: "Auth token",
      hint: "Also checks that requests which say they come from Twilio do.",
      isSecret: true,
    },
    {
      name: "from",
      label: "Number it sends from",
      placeholder: "+1 500 555 0006",
      input: "tel",
      isOptional: true,
      hint: "Needed for calls; for texts a messaging service will do.",
    },
    {
      name: "messagingServiceSid",
      label: "Messaging service SID",
      placeholder: "MG…",
      isOptional: true,
      only: ["sms"],
    },
    {
      name: "machineDetection",
      label: "Tell answering machines from people",
      hint: "A machine is left a short message and never counts as reached.",
      input: "switch",
      only: ["phone"],
    },
    { name: "apiKeySid", label: "API key SID", placeholder: "SK…", isOptional: true },
    { name: "apiKeySecret", label: "API key secret", isOptional: true, isSecret: true },
    {
      name: "baseUrl",
      label: "Base URL",
      placeholder: "https://api.twilio.com",
      hint: "Another one for a provider that speaks Twilio’s API.",
      input: "url",
      isOptional: true,
    },
    NUMBERS,
  ],
  vonage: [
    { name: "apiKey", label: "API key" },
    { name: "apiSecret", label: "API secret", isSecret: true },
    {
      name: "signatureSecret",
      label: "Signature secret",
      hint: "From the account’s settings: checks that requests which say they come from Vonage do.",
      isSecret: true,
    },
    { name: "from", label: "Number or name it sends from", placeholder: "+44 7700 900000" },
    { name: "applicationId", label: "Application id", isOptional: true, only: ["phone"] },
    {
      name: "privateKey",
      label: "The application’s private key",
      placeholder: "-----BEGIN PRIVATE KEY-----",
      input: "lines",
      isOptional: true,
      isSecret: true,
      only: ["phone"],
    },
    {
      name: "baseUrl",
      label: "Base URL",
      placeholder: "https://api.nexmo.com",
      input: "url",
      isOptional: true,
    },
    NUMBERS,
  ],
  gateway: [
    {
      name: "url",
      label: "URL",
      placeholder: "https://sms.example.com/send?to={{to}}",
      hint: "{{to}}, {{text}} and {{id}} are filled in, here and in the body. A 2xx answer accepts the text.",
    },
    {
      name: "method",
      label: "Method",
      choices: [
        { value: "POST", label: "POST" },
        { value: "GET", label: "GET" },
      ],
    },
    {
      name: "contentType",
      label: "Body",
      choices: [
        { value: "application/json", label: "JSON" },
        { value: "application/x-www-form-urlencoded", label: "Form" },
        { value: "text/plain", label: "Plain text" },
      ],
    },
    {
      name: "body",
      label: "Template of the body",
      placeholder: '{"to":"{{to}}","message":"{{text}}","reference":"{{id}}"}',
      input: "lines",
      isOptional: true,
    },
    {
      name: "headers",
      label: "Headers",
      placeholder: "Authorization: Bearer …",
      hint: "One a line. They usually carry the key, so they are kept as a secret.",
      input: "lines",
      isOptional: true,
      isSecret: true,
    },
    {
      name: "idPath",
      label: "Where the answer has the message’s id",
      placeholder: "messages.0.id",
      isOptional: true,
    },
    NUMBERS,
  ],
};

export type TelephonyKind = keyof typeof TELEPHONY_FIELDS;

export const TELEPHONY_KINDS: readonly TelephonyKind[] = ["twilio", "vonage", "gateway"];

export function isTelephonyKind(kind: ProviderKind): kind is TelephonyKind {
  return kind === "twilio" || kind === "vonage" || kind === "gateway";
}

/** Where to put the address that takes people's replies; null: the provider sends none. */
export const REPLY_PLACES: Record<TelephonyKind, string | null> = {
  twilio:
    "In Twilio’s console, under the number (or the messaging service), set “A message comes in” to this webhook, by POST. Everything else is told with each message and call.",
  vonage:
    "In Vonage’s dashboard, set this as the inbound URL for messages of the number, and choose the Messages API as the account’s default for texts. Everything else is told with each message and call.",
  gateway: null,
};

/** The form's start: what is usual. */
export const USUAL_SETTINGS: Record<TelephonyKind, Record<string, unknown>> = {
  twilio: { machineDetection: true },
  vonage: {},
  gateway: {
    method: "POST",
    contentType: "application/json",
    body: '{"to":"{{to}}","message":"{{text}}","reference":"{{id}}"}',
  },
};
