import { createServer } from "node:http";
import next from "next";
import { database } from "#db/client";
import { stopEngine } from "#lib/engine/main";
import { env } from "#lib/env";
import { publicPath } from "#lib/http/public-path";
import { log } from "#lib/log";

const STOP_PATIENCE_MS = 10_000;

const { production, host, port } = env();
const app = next({ dev: !production, hostname: host, port });
await app.prepare();
const handle = app.getRequestHandler();

const server = createServer((request, response) => {
  request.url = publicPath(request.url ?? "/");
  void handle(request, response);
});

if (!production) server.on("upgrade", app.getUpgradeHandler());

server.listen(port, host, () => {
  log().info({ host, port }, "serving");
});

let stopping = false;

async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log().info({ signal }, "stopping");
  setTimeout(() => process.exit(1), STOP_PATIENCE_MS).unref();
  server.close();
  server.closeIdleConnections();
  await stopEngine();
  await database().$client.end({ timeout: 3 });
  server.closeAllConnections();
  process.exit(0);
}

process.once("SIGTERM", (signal) => void stop(signal));
process.once("SIGINT", (signal) => void stop(signal));
process.on("uncaughtException", (error) => {
  log().fatal({ err: error }, "uncaught exception");
  process.exit(1);
});
