import { database } from "#db/client";
import type { Database } from "#db/connect";
import { changesAfter, keptChanges, MOST_AT_ONCE } from "#lib/live/changes";
import type { ChangeDto } from "#lib/live/changes";
import { AppError } from "#lib/errors";
import { listenToChanges } from "#lib/live/hub";

const HEARTBEAT_MS = 15_000;
/** A browser that reads this slowly is cut off; it comes back and catches up. */
const MOST_BUFFERED = 1_000;

/** Streams of one person in this process: more than anybody has browsers, and few enough that one can't exhaust us. */
const MOST_STREAMS = 50;

/** A change may be committed after later ones were told: how far back a browser that returns is told again. */
const REACH_BACK = 200;

/**
 * The event stream of one browser (WHATWG server-sent events): `change` says what changed, `gap` that too much was missed to tell
 * one by one, a `beat` every 15 s tells the server's time. `lastEventId` resumes where the browser stopped; a change may be told
 * twice then. A change of the account of `userId`, whose stream it is, ends it: the browser comes back if its session still counts.
 * Throws `too_many` when that person has too many open.
 */
export async function openEventStream(
  lastEventId: number | null,
  signal: AbortSignal,
  userId: string | null = null,
): Promise<ReadableStream<Uint8Array>> {
  const release = takePlace(userId);
  const encoder = new TextEncoder();
  const db = database();
  let close = () => undefined as void;
  // A browser may leave while its stream is still starting; nothing must be written to it from then on.
  let left = false;
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const seen = new Set<number>();
        const write = (text: string) => {
          if (left) return;
          if ((controller.desiredSize ?? 0) < -MOST_BUFFERED) close();
          else controller.enqueue(encoder.encode(text));
        };
        const tell = (change: ChangeDto) => {
          if (seen.has(change.id)) return;
          seen.add(change.id);
          write(`id: ${change.id}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`);
        };
        // Only as it happens: a stream that is told of it afterwards began with a session that counted all the same.
        const hear = (change: ChangeDto) => {
          tell(change);
          if (change.topic.startsWith("user.") && change.entityId === userId) close();
        };
        const beat = () => write(`event: beat\ndata: ${new Date().toISOString()}\n\n`);
        const stop = await listenToChanges(hear).catch((error: unknown) => {
          release();
          throw error;
        });
        if (left) return stop();
        const timer = setInterval(beat, HEARTBEAT_MS);
        close = () => {
          clearInterval(timer);
          stop();
          release();
          close = () => undefined;
          if (!left) controller.close();
          left = true;
        };
        signal.addEventListener("abort", () => close(), { once: true });
        const { missed, isGap, newest } = await whatWasMissed(db, lastEventId).catch((error: unknown) => {
          clearInterval(timer);
          stop();
          release();
          left = true;
          throw error;
        });
        write("retry: 2000\n\n");
        for (const change of missed) tell(change);
        if (isGap) write(`event: gap\ndata: {}\n\n`);
        write(`id: ${newest}\n\n`);
        beat();
        if (signal.aborted) close();
      },
      cancel() {
        left = true;
        release();
        close();
      },
    },
    { highWaterMark: 0 },
  );
}

const shared = globalThis as typeof globalThis & { touchlineStreams?: Map<string, number> };

/** Counts a stream of the person until the returned function is called, once or more. */
function takePlace(userId: string | null): () => void {
  if (userId === null) return () => undefined;
  shared.touchlineStreams ??= new Map();
  const streams = shared.touchlineStreams;
  const open = streams.get(userId) ?? 0;
  if (open >= MOST_STREAMS) throw new AppError("too_many", "You have too many windows open here.");
  streams.set(userId, open + 1);
  let taken = true;
  return () => {
    if (!taken) return;
    taken = false;
    const rest = (streams.get(userId) ?? 1) - 1;
    if (rest > 0) streams.set(userId, rest);
    else streams.delete(userId);
  };
}

/** What happened since a browser's last change; a gap where that can't be told, because it is too much or not kept any more. */
async function whatWasMissed(db: Database, lastEventId: number | null) {
  const { oldest, newest } = await keptChanges(db);
  if (lastEventId === null) return { missed: [], isGap: false, newest };
  const isUnknown = lastEventId > newest || lastEventId < oldest - 1;
  const missed = isUnknown ? [] : await changesAfter(db, Math.max(0, lastEventId - REACH_BACK));
  const isGap = isUnknown || missed.length === MOST_AT_ONCE;
  return { missed: isGap ? [] : missed, isGap, newest: Math.max(newest, missed.at(-1)?.id ?? 0) };
}
