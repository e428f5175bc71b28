import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { isIPv4 } from "node:net";
import type { Database } from "#db/connect";
import { oneTapRoute } from "#lib/http/one-tap-route";
import { callRoute } from "#lib/http/telephony/call-route";
import { statusRoute } from "#lib/http/telephony/status-route";
import { textRoute } from "#lib/http/telephony/text-route";

export type HookSite = { url: string; close: () => Promise<void> };

/**
 * Serves what providers and phones call, as the deployment would under TOUCHLINE_URL; sets that variable for the process, and lets it call
 * doubles on this machine.
 */
export async function startHookSite(db: Database): Promise<HookSite> {
  const server = createServer((incoming, outgoing) => {
    const respond = async () => {
      const response = await route(db, await requestOf(incoming));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    };
    respond().catch((error: unknown) => outgoing.writeHead(500).end(String(error)));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string" || !isIPv4(address.address))
    throw new Error("No port.");
  const url = `http://127.0.0.1:${address.port}`;
  process.env.TOUCHLINE_URL = url;
  process.env.ALLOW_PRIVATE_DESTINATIONS = "true";
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name, value]] : [],
  );
  // Behind a proxy the address seen here is another than the one that was called.
  return new Request(`http://inside:3000${incoming.url ?? "/"}`, {
    method: incoming.method ?? "GET",
    headers,
    ...(incoming.method === "POST" ? { body: Buffer.concat(chunks) } : {}),
  });
}

async function route(db: Database, request: Request): Promise<Response> {
  const [, first = "", second, third, providerId = "", kind, token = ""] = new URL(
    request.url,
  ).pathname.split("/");
  if (first === "a" && second !== undefined) return oneTapRoute(request, second, db);
  if (`${first}/${second}/${third}` !== "api/hooks/telephony") return new Response(null, { status: 404 });
  if (kind === "status") return statusRoute(request, { providerId, token }, db);
  if (kind === "call") return callRoute(request, { providerId, token }, db);
  return kind === "text" ? textRoute(request, { providerId }, db) : new Response(null, { status: 404 });
}
