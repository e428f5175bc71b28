import type { ServerOptions } from "node:http";

/** How the server entry treats connections. `upgrades`: whether the development server's web sockets are served. */
export function serverOptions({ upgrades }: { upgrades: boolean }): ServerOptions {
  return {
    // Longer than load balancers keep an idle connection, so that it is never us who closes one under a request.
    keepAliveTimeout: 75_000,
    headersTimeout: 20_000,
    requestTimeout: 60_000,
    // An offer of HTTP/2, which Java's client makes with every request, is passed over; the router's own listener would end the connection.
    shouldUpgradeCallback: () => upgrades,
  };
}
