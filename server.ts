import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { database } from "#db/client";
import { ensureEngine, stopEngine } from "#lib/engine/main";
import { env } from "#lib/env";
import { stopIntake } from "#lib/events/commands/intake";
import { clientIp, nameClient } from "#lib/http/client-ip";
import { inTurn } from "#lib/http/connection-turns";
import { handleEngineRole } from "#lib/http/engine-role";
import { inFairTurns } from "#lib/http/fair-turns";
import { answerNode } from "#lib/http/intake/node";
import { publicPath } from "#lib/http/public-path";
import { readRequestLine } from "#lib/http/request-target";
import type { RequestLine } from "#lib/http/request-target";
import { routerLane } from "#lib/http/router-lane";
import type { RouterLane } from "#lib/http/router-lane";
import { serverOptions } from "#lib/http/server-options";
import { log } from "#lib/log";

const STOP_PATIENCE_MS = 10_000;
/** Leaves the rest of the patience to closing down. */
const INTAKE_PATIENCE_MS = 7_000;

const { production, host, port, role, trustProxy } = env();

process.on("uncaughtException", (error) => {
  log().fatal({ err: error }, "uncaught exception");
  process.exit(1);
});
// A promise nobody waited for harms the one request it belongs to; paging must not stop for it.
process.on("unhandledRejection", (error) => {
  log().error({ err: error }, "unhandled rejection");
});

let stopping = false;
const atIntake = new Set<Promise<void>>();

const server = createServer(serverOptions({ upgrades: !production }));
server.on("request", inTurn(role === "engine" ? await engineListener() : await webListener()));
server.listen(port, host, () => {
  log().info({ host, port, role }, "serving");
});

/** An engine answers how it is and nothing else. */
async function engineListener(): Promise<RequestListener> {
  await ensureEngine();
  const listener = getRequestListener(handleEngineRole);
  return (request, response) => void listener(request, response);
}

/** Events first, past the router, which costs many times what they do; everything else is the router's. */
async function webListener(): Promise<RequestListener> {
  // What Next's `--experimental-next-config-strip-types` sets: Node reads next.config.ts. Next would load its compiler for that, and keep it.
  // oxlint-disable-next-line no-restricted-properties -- a message to Next, not a setting
  process.env.__NEXT_NODE_NATIVE_TS_LOADER_ENABLED = "true";
  const { default: next } = await import("next");
  const app = next({ dev: !production, hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  const lanes = routerLanes((request, response) => void handle(request, response));
  if (!production) server.on("upgrade", (request, socket, head) => void upgrade(request, socket, head));
  return (request: IncomingMessage, response: ServerResponse) => {
    const line = readRequestLine(request.method ?? "GET", request.url ?? "/");
    if (line.kind === "refused") return refuse(response, line);
    request.url = line.target;
    const answering = answerNode(request, response, { closing: stopping });
    if (answering) {
      atIntake.add(answering);
      void answering.finally(() => atIntake.delete(answering));
      return;
    }
    request.url = publicPath(line.target);
    nameClient(request);
    lanes[routerLane(request.url)](request, response);
  };
}

/** What the router works on at once, so that steps of the engine and of the intake come in between. */
function routerLanes(listener: RequestListener): Record<RouterLane, RequestListener> {
  const clientOf = ({ headers }: IncomingMessage) =>
    clientIp((name) => [headers[name]].flat().join(), { trustProxy });
  const each = { patienceMs: 1_000, mostWaiting: 1_000, clientOf };
  return {
    urgent: inFairTurns(listener, { ...each, atOnce: 4, holdMs: 50 }),
    ordinary: inFairTurns(listener, { ...each, atOnce: 2, holdMs: 300 }),
  };
}

function refuse(
  response: ServerResponse,
  { status, message, allow }: Extract<RequestLine, { kind: "refused" }>,
): void {
  const headers = { "content-type": "text/plain; charset=utf-8", connection: "close" };
  response.writeHead(status, allow === undefined ? headers : { ...headers, allow }).end(`${message}\n`);
}

/** What was received is answered and stored, what the engine does is finished, and then the process ends. */
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log().info({ signal }, "stopping");
  setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref();
  server.close();
  server.closeIdleConnections();
  await Promise.all([Promise.race([finishIntake(), delay(INTAKE_PATIENCE_MS)]), stopEngine()]);
  server.closeAllConnections();
  await database().$client.end({ timeout: 1 });
  process.exit(0);
}

async function finishIntake(): Promise<void> {
  while (atIntake.size > 0) await Promise.allSettled(atIntake);
  await stopIntake();
}

process.once("SIGTERM", (signal) => void stop(signal));
process.once("SIGINT", (signal) => void stop(signal));
