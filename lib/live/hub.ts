import { database } from "#db/client";
import { changesAfter, keptChanges, MOST_AT_ONCE } from "#lib/live/changes";
import type { ChangeDto } from "#lib/live/changes";
import { newLateChanges } from "#lib/live/late-changes";
import type { LateChanges } from "#lib/live/late-changes";
import { log } from "#lib/log";

type Listener = (change: ChangeDto) => void;

type Hub = { listeners: Set<Listener>; late: LateChanges };

const shared = globalThis as typeof globalThis & { touchlineHub?: Promise<Hub> };

/** Hears of every change from now on, until the returned function is called. One LISTEN connection serves the whole process. */
export async function listenToChanges(listener: Listener): Promise<() => void> {
  shared.touchlineHub ??= open().catch((error: unknown) => {
    delete shared.touchlineHub;
    throw error;
  });
  const hub = await shared.touchlineHub;
  hub.listeners.add(listener);
  return () => hub.listeners.delete(listener);
}

async function open(): Promise<Hub> {
  const db = database();
  const { newest } = await keptChanges(db);
  const hub: Hub = { listeners: new Set(), late: newLateChanges(newest, () => performance.now()) };
  const read = serialised(() => tell(hub));
  // The driver listens again by itself after a lost connection, and then looks for what was missed.
  await db.$client.listen("touchline_outbox", read, read);
  return hub;
}

async function tell(hub: Hub): Promise<void> {
  const { late, listeners } = hub;
  for (;;) {
    const changes = await changesAfter(database(), late.newest(), late.ids());
    for (const change of changes) {
      if (!late.take(change.id)) continue;
      for (const listener of listeners) listener(change);
    }
    // One announcement may stand for more changes than are read at once.
    if (changes.length < MOST_AT_ONCE) return;
  }
}

/** Runs `work` once at a time; calls during a run lead to exactly one more. */
function serialised(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    try {
      do {
        again = false;
        await work();
      } while (again);
    } catch (error) {
      log().error({ err: error }, "reading changes failed");
    } finally {
      running = false;
    }
  };
  return () => {
    again = true;
    if (!running) void run();
  };
}
