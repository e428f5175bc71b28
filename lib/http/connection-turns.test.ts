import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished, expect, test } from "vitest";
import { inTurn } from "#lib/http/connection-turns";
import { serverOptions } from "#lib/http/server-options";

async function serve(listener: RequestListener): Promise<Socket> {
  const server = createServer(serverOptions({ upgrades: false }), inTurn(listener)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  onTestFinished(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return socket;
}

const closed = (socket: Socket) => new Promise<void>((done) => void socket.once("close", () => done()));

const asked = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

test("requests of one connection are worked on one after the other", async () => {
  let atWork = 0;
  let most = 0;
  const socket = await serve((request, response) => {
    most = Math.max(most, (atWork += 1));
    setImmediate(() => {
      atWork -= 1;
      response.end(request.url);
    });
  });
  socket.write(Array.from({ length: 50 }, (_, at) => asked(`/r${at}.`)).join(""));
  let text = "";
  for await (const chunk of socket) {
    text += String(chunk);
    if (text.includes("/r49.")) break;
  }
  expect(most).toBe(1);
  expect([...text.matchAll(/\/r(\d+)\./g)].map(([, at]) => Number(at))).toEqual(
    Array.from({ length: 50 }, (_, at) => at),
  );
});

test("a connection that asks without reading is closed, and its requests are not worked on", async () => {
  const begun: ServerResponse[] = [];
  const socket = await serve((_request, response) => void begun.push(response));
  socket.on("error", () => {});
  socket.resume();
  socket.write(asked("/").repeat(2_000));
  await closed(socket);
  begun[0]?.end();
  await new Promise((done) => setImmediate(done));
  expect(begun).toHaveLength(1);
});

test("what waits ends with its connection", async () => {
  const begun: ServerResponse[] = [];
  const socket = await serve((_request, response) => void begun.push(response));
  socket.write(asked("/").repeat(20));
  await expect.poll(() => begun.length).toBe(1);
  socket.destroy();
  const [first] = begun;
  if (first && !first.closed) await once(first, "close");
  await new Promise((done) => setImmediate(done));
  expect(begun).toHaveLength(1);
});

test("a body that goes on after its answer is ended", async () => {
  const socket = await serve((_request, response) => void response.writeHead(401).end());
  socket.on("error", () => {});
  socket.resume();
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const writing = setInterval(() => socket.write("1\r\na\r\n"), 20);
  onTestFinished(() => clearInterval(writing));
  await closed(socket);
  expect(socket.destroyed).toBe(true);
});

test("an offer of HTTP/2 is passed over, and its request answered", async () => {
  const socket = await serve((request, response) => void request.pipe(response));
  socket.write(
    "POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nContent-Length: 5\r\n\r\nevent",
  );
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(String(answer)).toContain("200 OK");
});
