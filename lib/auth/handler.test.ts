import { expect, test, vi } from "vitest";
import { handleAuth } from "#lib/auth/handler";
import { authOptions } from "#lib/auth/options";

const context = { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) };

function post(body: BodyInit, contentType: string): Promise<Response> {
  const request = new Request("http://localhost:3000/api/auth/callback/credentials", {
    method: "POST",
    headers: { "content-type": contentType },
    body,
    duplex: "half",
  } as RequestInit);
  return handleAuth(request, context);
}

test("reads no more of a sign-in than one can have, however much a stranger sends", async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(4096).fill(97));
    },
  });
  expect((await post(endless, "application/x-www-form-urlencoded")).status).toBe(413);
  expect(pulled).toBeLessThan(10);
});

test("refuses a body that is not what it says", async () => {
  expect((await post("{", "application/json")).status).toBe(400);
});

test("leads nobody who signs in to another site", async () => {
  vi.stubEnv("DATABASE_URL", "postgres://localhost/none");
  vi.stubEnv("TOUCHLINE_SECRET", "s".repeat(32));
  const baseUrl = "https://touchline.example.com";
  const to = (url: string) => authOptions().callbacks?.redirect?.({ url, baseUrl });
  expect(await to("/incidents?a=b")).toBe(`${baseUrl}/incidents?a=b`);
  for (const url of [
    "/\\evil.example",
    "/.//evil.example",
    `${baseUrl}/\\evil.example`,
    "https://evil.example/",
  ]) {
    expect(await to(url)).toBe(`${baseUrl}/`);
  }
});
