import { z } from "zod";

export const changeSchema = z.object({
  id: z.number(),
  at: z.string(),
  topic: z.string(),
  entityType: z.string(),
  entityId: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type LiveChange = z.infer<typeof changeSchema>;

const messageSchema = z.object({
  type: z.enum(["open", "error", "change", "gap", "beat"]),
  data: z.string().optional(),
});
export type LiveMessage = z.infer<typeof messageSchema>;

export interface LiveSource {
  reconnect: () => void;
  close: () => void;
}

/** Opens the browser's event stream: shared by all its tabs where SharedWorker exists, else this tab's own. */
export function openLiveSource(onMessage: (message: LiveMessage) => void): LiveSource {
  return typeof SharedWorker === "undefined" ? openOwn(onMessage) : openShared(onMessage);
}

function openShared(onMessage: (message: LiveMessage) => void): LiveSource {
  const { port } = new SharedWorker("/live-worker.js", { name: "touchline-live" });
  port.addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = messageSchema.safeParse(event.data);
    if (message.success) onMessage(message.data);
  });
  port.start();
  const bye = () => port.postMessage("bye");
  window.addEventListener("pagehide", bye);
  return {
    reconnect: () => port.postMessage("reconnect"),
    close: () => {
      window.removeEventListener("pagehide", bye);
      bye();
      port.close();
    },
  };
}

function openOwn(onMessage: (message: LiveMessage) => void): LiveSource {
  let source: EventSource;
  const open = () => {
    source = new EventSource("/api/events");
    source.addEventListener("open", () => onMessage({ type: "open" }));
    source.addEventListener("error", () => onMessage({ type: "error" }));
    for (const type of ["change", "gap", "beat"] as const) {
      source.addEventListener(type, (event: MessageEvent<string>) => onMessage({ type, data: event.data }));
    }
  };
  open();
  return {
    reconnect: () => {
      source.close();
      open();
    },
    close: () => source.close(),
  };
}
