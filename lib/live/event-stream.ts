import { database } from "#db/client";
import { changesAfter, newestChange } from "#lib/live/changes";
import type { ChangeDto } from "#lib/live/changes";
import { listenToChanges } from "#lib/live/hub";

const HEARTBEAT_MS = 15_000;
/** A browser that reads this slowly is cut off; it comes back and catches up. */
const MOST_BUFFERED = 1_000;

/**
 * The event stream of one browser (WHATWG server-sent events): `change` says what changed, `gap` that too much was missed to tell
 * one by one, a `beat` every 15 s tells the server's time. `lastEventId` resumes where the browser stopped.
 */
export async function openEventStream(
  lastEventId: number | null,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const db = database();
  const start = lastEventId ?? (await newestChange(db));
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
          if (seen.has(change.id) || change.id <= start) return;
          seen.add(change.id);
          write(`id: ${change.id}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`);
        };
        const beat = () => write(`event: beat\ndata: ${new Date().toISOString()}\n\n`);
        const stop = await listenToChanges(tell);
        if (left) return stop();
        const timer = setInterval(beat, HEARTBEAT_MS);
        close = () => {
          clearInterval(timer);
          stop();
          close = () => undefined;
          if (!left) controller.close();
          left = true;
        };
        signal.addEventListener("abort", () => close(), { once: true });
        write(`retry: 2000\nid: ${start}\n\n`);
        const missed = await changesAfter(db, start);
        if (missed.gap) write(`event: gap\ndata: {}\n\n`);
        else for (const change of missed.changes) tell(change);
        beat();
        if (signal.aborted) close();
      },
      cancel() {
        left = true;
        close();
      },
    },
    { highWaterMark: 0 },
  );
}
