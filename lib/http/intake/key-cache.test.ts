import { describe, expect, test } from "vitest";
import { newKeyCache } from "#lib/http/intake/key-cache";
import type { IntegrationOfKey } from "#lib/services/queries/integration-keys";

const integration = (id: string): IntegrationOfKey => ({
  integrationId: id,
  serviceId: "S",
  serviceName: "Checkout",
  mappingVersion: 0,
  mapping: null,
});

function newCache() {
  let time = 0;
  const asked: string[][] = [];
  const stored = new Map<string, IntegrationOfKey>();
  const gate = { isDown: false, wait: Promise.resolve() };
  const cache = newKeyCache(
    async (keys) => {
      asked.push([...keys]);
      await gate.wait;
      if (gate.isDown) throw new Error("The database is away.");
      return stored;
    },
    () => time,
  );
  const pass = (ms: number) => {
    time += ms;
  };
  return { cache, asked, stored, gate, pass };
}

describe("a key cache", () => {
  test("asks once, and together what is asked while it is asking", async () => {
    const { cache, asked, stored } = newCache();
    stored.set("a", integration("A"));
    const [a, b, c, again] = await Promise.all(["a", "b", "c", "b"].map(async (key) => cache.find(key)));
    expect([a, b, c, again]).toEqual([integration("A"), null, null, null]);
    expect(asked).toEqual([["a"], ["b", "c"]]);
    expect(cache.find("a")).toEqual(integration("A"));
  });

  test("asks again after a change", async () => {
    const { cache, asked, stored, pass } = newCache();
    expect(await cache.find("a")).toBeNull();
    stored.set("a", integration("A"));
    expect(await cache.find("a")).toBeNull();
    pass(1);
    cache.forget();
    pass(1);
    expect(await cache.find("a")).toEqual(integration("A"));
    expect(asked).toHaveLength(2);
  });

  test("does not remember an answer that a change overtook", async () => {
    const { cache, asked, stored, gate, pass } = newCache();
    const { promise, resolve } = Promise.withResolvers<void>();
    gate.wait = promise;
    const early = cache.find("a");
    pass(1);
    cache.forget();
    pass(1);
    resolve();
    await early;
    stored.set("a", integration("A"));
    expect(await cache.find("a")).toEqual(integration("A"));
    expect(asked).toHaveLength(2);
  });

  test("forgets what it did not find sooner than what it found", async () => {
    const { cache, asked, stored, pass } = newCache();
    stored.set("a", integration("A"));
    await cache.find("a");
    await cache.find("unknown");
    pass(6_000);
    await cache.find("a");
    await cache.find("unknown");
    pass(60_000);
    await cache.find("a");
    expect(asked).toEqual([["a"], ["unknown"], ["unknown"], ["a"]]);
  });

  test("keeps to what it knew while the database is away, and rejects what it can't know", async () => {
    const { cache, stored, gate, pass } = newCache();
    stored.set("a", integration("A"));
    await cache.find("a");
    gate.isDown = true;
    pass(120_000);
    expect(await cache.find("a")).toEqual(integration("A"));
    await expect(cache.find("b")).rejects.toThrow("away");
    gate.isDown = false;
    expect(await cache.find("b")).toBeNull();
  });
});
