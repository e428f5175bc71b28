import { once } from "node:events";
import { createServer, get, request } from "node:http";
import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished, expect, test } from "vitest";
import { inFairTurns } from "#lib/http/fair-turns";
import type { FairTurns } from "#lib/http/fair-turns";

type Answer = { status: number | undefined; text: string };
type Asked = { request: ClientRequest; answer: Promise<Answer> };

type Served = {
  port: number;
  /** Asks one after the other, each once the one before has arrived. */
  ask: (...asked: [path: string, client: string][]) => Promise<Asked[]>;
  /** What was begun, in this order. */
  begun: { path: string; response: ServerResponse; at: number }[];
  paths: () => string[];
  /** How many went before they were answered. */
  left: () => number;
};

async function serve(options: Partial<FairTurns> = {}): Promise<Served> {
  const begun: Served["begun"] = [];
  let arrived = 0;
  let left = 0;
  const listener = inFairTurns(
    ({ url = "" }, response) => void begun.push({ path: url, response, at: performance.now() }),
    {
      atOnce: 1,
      holdMs: 60_000,
      patienceMs: 60_000,
      mostWaiting: 100,
      clientOf: ({ headers }) => String(headers["client"]),
      ...options,
    },
  );
  const server = createServer((request, response) => {
    arrived += 1;
    response.once("close", () => (left += response.writableFinished ? 0 : 1));
    listener(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const askOne = (path: string, client: string): Asked => {
    const request = get({ port, host: "127.0.0.1", path, agent: false, headers: { client } });
    const answer = once(request, "response").then(([response]) => readAnswer(response as IncomingMessage));
    // Whoever is not answered was never to be.
    answer.catch(() => {});
    return { request, answer };
  };
  return {
    port,
    begun,
    paths: () => begun.map(({ path }) => path),
    left: () => left,
    ask: async (...asked) => {
      const all: Asked[] = [];
      for (const [path, client] of asked) {
        const before = arrived;
        all.push(askOne(path, client));
        await expect.poll(() => arrived, { interval: 2 }).toBe(before + 1);
      }
      return all;
    },
  };
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, text };
}

test("a client that asks for much does not keep another from its turn", async () => {
  const served = await serve();
  await served.ask(
    ...["/a1", "/a2", "/a3", "/a4"].map((path): [string, string] => [path, "greedy"]),
    ["/b1", "other"],
    ["/b2", "other"],
  );
  for (let count = 1; count <= 6; count += 1) {
    await expect.poll(() => served.begun.length).toBe(count);
    served.begun.at(-1)?.response.end();
  }
  expect(served.paths()).toEqual(["/a1", "/a2", "/b1", "/a3", "/b2", "/a4"]);
});

test("a place is free again when an answer ends, and when its client leaves", async () => {
  const served = await serve();
  const [, left] = await served.ask(["/ends", "a"], ["/left", "a"], ["/next", "a"], ["/last", "a"]);
  expect(served.paths()).toEqual(["/ends"]);
  served.begun[0]?.response.end();
  await expect.poll(served.paths).toEqual(["/ends", "/left"]);
  left?.request.destroy();
  await expect.poll(served.paths).toEqual(["/ends", "/left", "/next"]);
});

test("a stream keeps its place for a moment only, and goes on", async () => {
  const served = await serve({ holdMs: 30 });
  const [stream] = await served.ask(["/stream", "a"], ["/next", "a"]);
  await expect.poll(served.paths).toEqual(["/stream", "/next"]);
  served.begun[0]?.response.end("still there");
  expect((await stream?.answer)?.text).toBe("still there");
});

test("who goes on writing a body keeps nobody waiting", async () => {
  const served = await serve();
  const { port } = served;
  const writer = request({
    port,
    host: "127.0.0.1",
    method: "POST",
    path: "/slow",
    headers: { client: "a" },
  });
  writer.on("error", () => {}).write("a");
  await expect.poll(served.paths).toEqual(["/slow"]);
  await served.ask(["/next", "b"]);
  await expect.poll(served.paths).toEqual(["/slow", "/next"]);
  writer.destroy();
});

test("a place that was given up is not free twice", async () => {
  const served = await serve({ holdMs: 2_000 });
  await served.ask(["/1", "a"], ["/2", "a"], ["/3", "a"]);
  served.begun[0]?.response.end();
  served.begun[0]?.response.destroy();
  await expect.poll(served.paths).toEqual(["/1", "/2"]);
  await new Promise((done) => setImmediate(done));
  expect(served.paths()).toEqual(["/1", "/2"]);
});

test("a request whose client has gone is not worked on", async () => {
  const served = await serve();
  const [, gone] = await served.ask(["/1", "a"], ["/gone", "a"], ["/3", "a"]);
  gone?.request.destroy();
  await expect.poll(served.left).toBe(1);
  served.begun[0]?.response.end();
  await expect.poll(served.paths).toEqual(["/1", "/3"]);
});

test("beyond what may wait of one client it is told to come back, and others are not", async () => {
  const served = await serve({ mostWaiting: 2 });
  const requests = await served.ask(["/1", "a"], ["/2", "a"], ["/3", "a"], ["/4", "a"], ["/5", "b"]);
  expect(await requests[3]?.answer).toMatchObject({ status: 503, text: expect.stringContaining("again") });
  for (let count = 1; count <= 4; count += 1) {
    await expect.poll(() => served.begun.length).toBe(count);
    served.begun.at(-1)?.response.end();
  }
  expect(served.paths().toSorted()).toEqual(["/1", "/2", "/3", "/5"]);
});

test("once others have waited for long, everything else gets as much time as a request took", async () => {
  const served = await serve({ patienceMs: 0 });
  await served.ask(["/1", "a"], ["/2", "a"], ["/3", "a"]);
  const [first] = served.begun;
  const ended = performance.now();
  first?.response.end();
  await expect.poll(served.paths).toEqual(["/1", "/2"]);
  const took = Math.min(50, ended - (first?.at ?? 0));
  expect((served.begun[1]?.at ?? 0) - ended).toBeGreaterThan(took * 0.9);
});
