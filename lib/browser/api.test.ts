import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { callApi } from "#lib/browser/api";

afterEach(() => vi.unstubAllGlobals());

/** A server of ours that answers when it is told to. */
async function serve() {
  const waiting: ServerResponse[] = [];
  const server = createServer((request, response) => {
    request.resume();
    waiting.push(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init));
  return {
    waiting,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("a form that is sent twice in a moment makes one thing; sent again later it makes another", async () => {
  const { waiting, close } = await serve();
  const create = (title: string) => callApi<{ id: string }>("POST", "/api/ui/problems", { title });
  const both = [create("Deposits"), create("Deposits")];
  const other = create("Wallet");
  await expect.poll(() => waiting.length).toBe(2);
  for (const response of waiting) response.end(JSON.stringify({ data: { id: "Q1" } }));
  expect(await Promise.all([...both, other])).toEqual([{ id: "Q1" }, { id: "Q1" }, { id: "Q1" }]);
  const again = create("Deposits");
  await expect.poll(() => waiting.length).toBe(3);
  waiting[2]?.end(JSON.stringify({ data: { id: "Q2" } }));
  expect(await again).toEqual({ id: "Q2" });
  close();
});

test("both hear of a failure, and the next try is a request of its own", async () => {
  const { waiting, close } = await serve();
  const create = () => callApi("POST", "/api/ui/problems", {});
  const both = Promise.allSettled([create(), create()]);
  await expect.poll(() => waiting.length).toBe(1);
  waiting[0]?.writeHead(500).end();
  expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const again = create();
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.end("{}");
  await again;
  close();
});
