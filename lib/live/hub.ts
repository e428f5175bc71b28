import { database } from "#db/client";
import { changesAfter, newestChange } from "#lib/live/changes";
import type { ChangeDto } from "#lib/live/changes";
import { log } from "#lib/log";

/** Transactions commit out of the order of their ids: each look reaches back over this many, and what was told is remembered. */
const REACH_BACK = 200;

type Listener = (change: ChangeDto) => void;

type Hub = { listeners: Set<Listener>; newest: number; told: Set<number> };

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
  const hub: Hub = { listeners: new Set(), newest: await newestChange(db), told: new Set() };
  const read = serialised(() => tell(hub));
  // The driver listens again by itself after a lost connection, and then looks for what was missed.
  await db.$client.listen("touchline_outbox", read, read);
  return hub;
}

async function tell(hub: Hub): Promise<void> {
  const { changes } = await changesAfter(database(), Math.max(0, hub.newest - REACH_BACK));
  for (const change of changes) {
    if (hub.told.has(change.id)) continue;
    hub.told.add(change.id);
    hub.newest = Math.max(hub.newest, change.id);
    for (const listener of hub.listeners) listener(change);
  }
  for (const id of hub.told) if (id < hub.newest - REACH_BACK * 2) hub.told.delete(id);
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
