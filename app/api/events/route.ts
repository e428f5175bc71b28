import { uiRoute } from "#lib/http/ui-route";
import { openEventStream } from "#lib/live/event-stream";

/** Server-sent events: which entities changed. */
export const GET = uiRoute({ permission: "read" }, async ({ ctx, request }) => {
  const last = Number(request.headers.get("last-event-id"));
  const resumeAt = Number.isInteger(last) && last > 0 ? last : null;
  const stream = await openEventStream(resumeAt, request.signal, ctx.actor.id);
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
});
