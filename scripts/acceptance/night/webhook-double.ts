import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Arrival } from "#scripts/acceptance/night/engines";

export type WebhookDouble = { url: string; received: readonly Arrival[]; stop: () => Promise<void> };

/** Somebody's own program: takes pages by webhook and notes which, or answers 503 while it is away. */
export async function startWebhookDouble({
  isAway,
  now,
}: {
  isAway: () => boolean;
  now: () => number;
}): Promise<WebhookDouble> {
  const received: Arrival[] = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const away = isAway();
      if (!away) received.push({ key: String(request.headers["x-touchline-delivery"]), at: now() });
      response.writeHead(away ? 503 : 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/pages`,
    received,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
