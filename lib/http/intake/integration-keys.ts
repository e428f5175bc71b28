import { setTimeout as delay } from "node:timers/promises";
import { database } from "#db/client";
import { isTransient } from "#lib/database-errors";
import { intake } from "#lib/events/commands/intake";
import { newKeyCache } from "#lib/http/intake/key-cache";
import type { KeyCache } from "#lib/http/intake/key-cache";
import { log } from "#lib/log";
import { findIntegrationsByKey } from "#lib/services/queries/integration-keys";
import type { IntegrationOfKey } from "#lib/services/queries/integration-keys";

/** As long as an event may wait to be written: a sender should not have to know about a failover. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 250;

const shared = globalThis as typeof globalThis & { touchlineKeys?: KeyCache };

/** What keys stand for, in this process; the database announces what changes. */
export function integrationKeys(): KeyCache {
  shared.touchlineKeys ??= open();
  return shared.touchlineKeys;
}

function open(): KeyCache {
  const cache = newKeyCache(lookUp, () => performance.now());
  const forget = () => cache.forget();
  const listen = () => {
    // The driver listens again by itself after a lost connection, and then everything is asked again.
    database()
      .$client.listen("touchline_integrations", forget, forget)
      .catch((error: unknown) => {
        log().warn({ err: error }, "changes of integrations can't be listened to yet");
        setTimeout(listen, RETRY_MS).unref();
      });
  };
  listen();
  return cache;
}

async function lookUp(keys: readonly string[]): Promise<Map<string, IntegrationOfKey>> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await intake().connection.run((sql) => findIntegrationsByKey(sql, keys));
    } catch (error) {
      if (!isTransient(error) || performance.now() > deadline) throw error;
      await delay(RETRY_MS);
    }
  }
}
