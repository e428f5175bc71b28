import { createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type CuttableProxy = {
  url: string;
  /** Ends the open event streams and refuses new ones, or everything, until `mend`. */
  cut: (what: "streams" | "everything") => void;
  mend: () => void;
  stop: () => Promise<void>;
};

/** What a browser's console says about requests that the proxy broke, and about code that could not be loaded meanwhile. */
export const CONNECTION_LOST =
  /ERR_(EMPTY_RESPONSE|CONNECTION_(RESET|CLOSED|REFUSED)|INCOMPLETE_CHUNKED_ENCODING|FAILED)|network error|ChunkLoadError/;

/** Stands between browser and server and breaks as networks do. The pages' shared worker is out of reach of Playwright's own routing. */
export async function startCuttableProxy(target: string): Promise<CuttableProxy> {
  const upstream = new URL(target);
  const streams = new Set<ServerResponse>();
  let broken: "nothing" | "streams" | "everything" = "nothing";

  const server = createServer((incoming, outgoing) => {
    const isStream = incoming.url?.startsWith("/api/events") ?? false;
    if (broken === "everything" || (broken === "streams" && isStream)) {
      incoming.socket.destroy();
      return;
    }
    if (isStream) streams.add(outgoing);
    outgoing.on("close", () => streams.delete(outgoing));
    forward(upstream, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, upstream.hostname, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${upstream.hostname}:${port}`,
    cut(what) {
      broken = what;
      for (const stream of streams) stream.socket?.destroy();
      if (what === "everything") server.closeAllConnections();
    },
    mend() {
      broken = "nothing";
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(upstream: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const onward = request(
    {
      host: upstream.hostname,
      port: upstream.port,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on("error", () => outgoing.destroy());
  outgoing.on("close", () => onward.destroy());
  incoming.pipe(onward);
}
