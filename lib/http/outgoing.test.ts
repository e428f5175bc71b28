import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { OutgoingError, requestOutgoing } from "#lib/http/outgoing";
import { isPrivateAddress } from "#lib/http/private-address";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

async function faultOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  return error instanceof OutgoingError ? error.fault : `not refused: ${String(error)}`;
}

describe("isPrivateAddress", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "ff02::1",
    "::127.0.0.1",
    "localhost",
    "",
  ])("keeps %j inside", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "2606:4700:4700::1111",
    "::ffff:1.1.1.1",
  ])("lets %j through", (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});

describe("requestOutgoing", () => {
  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/",
    "http://2852039166/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://100.100.100.200/",
  ])("refuses %s also where private addresses are let through", async (url) => {
    expect(await faultOf(requestOutgoing({ url, method: "GET", allowPrivate: true }))).toBe("refused");
  });

  it.each([
    "http://127.0.0.1:9/",
    "http://localhost:9/",

    "http://[::1]:9/",
    "http://[::ffff:127.0.0.1]:9/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0/",
    "file:///etc/passwd",
    "ftp://example.com/",
    "not a url",
  ])("refuses %s", async (url) => {
    expect(await faultOf(requestOutgoing({ url, method: "GET", allowPrivate: false }))).toBe("refused");
  });

  it("sends method, headers and body, and gives the answer", async () => {
    const url = await serve((request, response) => {
      request.setEncoding("utf8");
      let body = "";
      request.on("data", (chunk: string) => (body += chunk));
      request.on("end", () =>
        response.writeHead(201).end(`${request.method} ${String(request.headers["x-a"])} ${body}`),
      );
    });
    const answer = await requestOutgoing({
      url,
      method: "POST",
      headers: { "x-a": "b" },
      body: "ü",
      allowPrivate: true,
    });
    expect(answer).toMatchObject({ status: 201, body: "POST b ü" });
  });

  it("follows no redirect", async () => {
    let visited = 0;
    const inside = await serve((_, response) => {
      visited += 1;
      response.end("secret");
    });
    const url = await serve((_, response) => response.writeHead(302, { location: inside }).end());
    expect(await requestOutgoing({ url, method: "GET", allowPrivate: true })).toMatchObject({ status: 302 });
    expect(visited).toBe(0);
  });

  it("stops waiting for an answer that doesn't come, or never ends", async () => {
    const silent = await serve(() => undefined);
    expect(
      await faultOf(requestOutgoing({ url: silent, method: "GET", timeoutMs: 50, allowPrivate: true })),
    ).toBe("timeout");
    const trickling = await serve((_, response) => {
      response.writeHead(200).write("a");
    });
    expect(
      await faultOf(requestOutgoing({ url: trickling, method: "GET", timeoutMs: 50, allowPrivate: true })),
    ).toBe("timeout");
  });

  it("reads no more than it keeps", async () => {
    const url = await serve((_, response) => response.end("x".repeat(1_000_000)));
    const answer = await requestOutgoing({ url, method: "GET", maxBytes: 1000, allowPrivate: true });
    expect(answer.body).toHaveLength(1000);
  });

  it("says when nobody listens", async () => {
    const url = await serve(() => undefined);
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    expect(await faultOf(requestOutgoing({ url, method: "GET", allowPrivate: true }))).toBe("network");
  });
});
