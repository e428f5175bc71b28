import type { Database } from "#db/connect";
import { channelProviders } from "#db/schema/channel-providers";
import { encryptSecret } from "#lib/crypto/secret";
import { newId } from "#lib/ids";
import type { ProviderKind } from "#lib/notifications/provider";
import { PROVIDER_SECRET } from "#lib/notifications/queries/providers";
import type { Channel } from "#lib/notifications/vocabulary";
import { TWILIO } from "#lib/testing/twilio-double";
import { VONAGE } from "#lib/testing/vonage-double";

const LONG_AGO = new Date("2026-01-01T00:00:00.000Z");

type Values = {
  channel: Channel;
  kind?: ProviderKind;
  name?: string;
  position?: number;
  enabled?: boolean;
  settings: Record<string, unknown>;
  secret: Record<string, unknown>;
};

/** A provider that is set up; answers its id. */
export async function makeProvider(db: Database, values: Values): Promise<string> {
  const id = newId();
  await db.insert(channelProviders).values({
    id,
    kind: "twilio",
    name: `${values.kind ?? "twilio"} ${id}`,
    position: 1,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    ...values,
    secret: encryptSecret(JSON.stringify(values.secret), PROVIDER_SECRET),
  });
  return id;
}

/** Twilio as the double at `baseUrl` plays it. */
export function makeTwilio(
  db: Database,
  values: { channel: "sms" | "phone"; baseUrl: string; name?: string; position?: number },
): Promise<string> {
  const { baseUrl, ...rest } = values;
  const { accountSid, from, authToken } = TWILIO;
  return makeProvider(db, { ...rest, settings: { accountSid, from, baseUrl }, secret: { authToken } });
}

/** Vonage as the double at `baseUrl` plays it. */
export function makeVonage(
  db: Database,
  values: { channel: "sms" | "phone"; baseUrl: string; name?: string; position?: number },
): Promise<string> {
  const { baseUrl, ...rest } = values;
  const { apiSecret, signatureSecret, privateKey, ...settings } = VONAGE;
  return makeProvider(db, {
    ...rest,
    kind: "vonage",
    settings: { ...settings, baseUrl },
    secret: { apiSecret, signatureSecret, privateKey },
  });
}
