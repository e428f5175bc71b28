import { and, asc, eq } from "drizzle-orm";
import type { Database } from "#db/connect";
import { channelProviders } from "#db/schema/channel-providers";
import { requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { decryptSecret } from "#lib/crypto/secret";
import { isResting } from "#lib/notifications/provider";
import type { ProviderHealth, ProviderKind } from "#lib/notifications/provider";
import type { Channel } from "#lib/notifications/vocabulary";
import { readNow } from "#lib/context";

export const PROVIDER_SECRET = "channel-provider";

/** A provider as the sending side uses it. `secret` is decrypted JSON. */
export type LoadedProvider = ProviderHealth & {
  id: string;
  channel: Channel;
  kind: ProviderKind;
  name: string;
  settings: Record<string, unknown>;
  /** Throws UnreadableSecret. */
  readSecret: () => unknown;
};

/** The providers of a channel that are switched on, by position. */
export async function loadProviders(db: Database | Transaction, channel: Channel): Promise<LoadedProvider[]> {
  const rows = await db
    .select()
    .from(channelProviders)
    .where(and(eq(channelProviders.channel, channel), eq(channelProviders.enabled, true)))
    .orderBy(asc(channelProviders.position), asc(channelProviders.id));
  return rows.map(loaded);
}

/** One provider, switched on or off: a person's answer counts either way. Null: there is none. */
export async function loadProvider(
  db: Database | Transaction,
  providerId: string,
): Promise<LoadedProvider | null> {
  const [row] = await db.select().from(channelProviders).where(eq(channelProviders.id, providerId));
  return row ? loaded(row) : null;
}

type Row = typeof channelProviders.$inferSelect;

function loaded(row: Row): LoadedProvider {
  const { id, channel, kind, name, settings, position, failuresInRow, lastFailedAt, secret } = row;
  return {
    id,
    channel,
    kind,
    name,
    settings,
    position,
    failuresInRow,
    lastFailedAt,
    readSecret: () => JSON.parse(decryptSecret(secret, PROVIDER_SECRET)),
  };
}

export type ProviderDto = {
  id: string;
  channel: Channel;
  kind: ProviderKind;
  name: string;
  settings: Record<string, unknown>;
  /** Names of the secrets that are set; their values are never shown again. */
  secretFields: string[];
  /** The secrets can't be read: they were written under another TOUCHLINE_SECRET. */
  isUnreadable: boolean;
  enabled: boolean;
  /** Failed so often just now that others are asked before it. */
  isResting: boolean;
  lastOkAt: string | null;
  lastFailedAt: string | null;
  lastError: string | null;
};

/** Every provider, in the order in which its channel asks them. */
export async function listProviders(ctx: Context): Promise<ProviderDto[]> {
  requirePermission(ctx.actor, "organisation.manage");
  const [rows, now] = await Promise.all([
    ctx.db
      .select()
      .from(channelProviders)
      .orderBy(asc(channelProviders.channel), asc(channelProviders.position), asc(channelProviders.id)),
    readNow(ctx.db),
  ]);
  return rows.map((row) => toDto(row, now));
}

function toDto(row: Row, now: Date): ProviderDto {
  const secretFields = secretFieldsOf(row);
  return {
    id: row.id,
    channel: row.channel,
    kind: row.kind,
    name: row.name,
    settings: row.settings,
    secretFields: secretFields ?? [],
    isUnreadable: secretFields === null,
    enabled: row.enabled,
    isResting: isResting(row, now),
    lastOkAt: row.lastOkAt?.toISOString() ?? null,
    lastFailedAt: row.lastFailedAt?.toISOString() ?? null,
    lastError: row.lastError,
  };
}

function secretFieldsOf(row: Row): string[] | null {
  try {
    const secret: unknown = loaded(row).readSecret();
    return typeof secret === "object" && secret !== null ? Object.keys(secret) : [];
  } catch {
    return null;
  }
}
