import { expect, test } from "vitest";
import { readBody, readJson } from "#lib/http/read-json";

function requestOf(body: BodyInit): Request {
  return new Request("http://localhost/", { method: "POST", body, duplex: "half" } as RequestInit);
}

function streamOf(chunks: readonly Uint8Array[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

test("a body is read to its end, over the seams of its chunks", async () => {
  const chunks = [new Uint8Array([0x22, 0xe2, 0x82]), new Uint8Array([0xac, 0x22])];
  expect(await readJson(requestOf(streamOf(chunks)))).toBe("€");
  expect(await readJson(requestOf(""))).toBeUndefined();
});

test("a body that is too long is refused, whatever length it claims", async () => {
  const body = () => streamOf([new Uint8Array(8), new Uint8Array(8)]);
  await expect(readBody(requestOf(body()), 15)).rejects.toMatchObject({ code: "too_large" });
  expect(await readBody(requestOf(body()), 16)).toHaveLength(16);
});

test("a client that hangs up in the middle is refused, not a defect", async () => {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array([0x7b])),
    pull: (controller) => controller.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" })),
  });
  await expect(readJson(requestOf(body))).rejects.toMatchObject({ code: "invalid" });
});

test.each(["{", '{"a":"\\u0000"}', '{"a":"\\ud800"}', '{"\\udc00b":1}'])("%s is refused", async (text) => {
  await expect(readJson(requestOf(text))).rejects.toMatchObject({ code: "invalid" });
});
