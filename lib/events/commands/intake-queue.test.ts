import { describe, expect, test, vi } from "vitest";
import { IntakeQueue } from "#lib/events/commands/intake-queue";
import type { IntakeQueueOptions } from "#lib/events/commands/intake-queue";
import type { IntakeEntry } from "#lib/events/commands/write-inbox";

class Lost extends Error {}

function event(dedupKey: string, json = "{}"): IntakeEntry {
  const row = {
    integrationId: "I",
    source: "events_v2",
    action: "trigger" as const,
    dedupKey,
    json,
    raw: null,
    occurrences: 1,
  };
  return { events: [row], unread: [], changes: [] };
}

/** A queue whose writes wait to be let through one by one. */
function newQueue(options: Partial<IntakeQueueOptions> = {}) {
  const batches: { keys: string[]; commit: () => void; fail: (error: Error) => void }[] = [];
  const queue = new IntakeQueue({
    write: (entries) =>
      new Promise((commit, fail) => {
        const keys = entries.flatMap(({ events }) => events.map(({ dedupKey }) => dedupKey));
        batches.push({ keys, commit, fail });
      }),
    isTransient: (error) => error instanceof Lost,
    onFailure: () => undefined,
    ...options,
  });
  return { queue, batches };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("group commit", () => {
  test("writes at once when idle, and together what comes meanwhile", async () => {
    const { queue, batches } = newQueue();
    const answers = ["a", "b"].map((key) => queue.submit(event(key)));
    await turn();
    answers.push(queue.submit(event("c")));
    await turn();
    answers.push(...["d", "e", "f"].map((key) => queue.submit(event(key))));
    await turn();
    expect(batches.map(({ keys }) => keys)).toEqual([["a", "b"], ["c"]]);
    batches[0]!.commit();
    await vi.waitFor(() => expect(batches).toHaveLength(3));
    expect(batches[2]!.keys).toEqual(["d", "e", "f"]);
    batches[1]!.commit();
    batches[2]!.commit();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 6 }, () => "written"));
  });

  test("weighs a key that floods as one, since it waits for itself alone", async () => {
    const { queue } = newQueue();
    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    try {
      for (let number = 0; number < 50; number += 1) void queue.submit(event("wild"));
      void queue.submit(event("quiet"));
      clock.mockReturnValue(10_000);
      expect(queue.load).toBeCloseTo(2, 6);
    } finally {
      clock.mockRestore();
    }
  });

  test("answers nobody before the commit", async () => {
    const { queue, batches } = newQueue();
    let answered = false;
    const answer = queue.submit(event("a")).then(() => (answered = true));
    await turn();
    await turn();
    expect(answered).toBe(false);
    batches[0]!.commit();
    await answer;
  });

  test("an event waits for the one of its key that is being written", async () => {
    const { queue, batches } = newQueue();
    const answers = [queue.submit(event("a"))];
    await turn();
    answers.push(queue.submit(event("a")), queue.submit(event("b")));
    await turn();
    expect(batches.map(({ keys }) => keys)).toEqual([["a"], ["b"]]);
    batches[0]!.commit();
    await vi.waitFor(() => expect(batches).toHaveLength(3));
    expect(batches[2]!.keys).toEqual(["a"]);
    batches[1]!.commit();
    batches[2]!.commit();
    await Promise.all(answers);
    await queue.drained();
  });
});

describe("when writing fails", () => {
  test("a lost database is tried again, in the order of arrival", async () => {
    const { queue, batches } = newQueue();
    const answers = [queue.submit(event("a"))];
    await turn();
    answers.push(queue.submit(event("b")));
    batches[0]!.fail(new Lost());
    await vi.waitFor(() => expect(batches.map(({ keys }) => keys)).toEqual([["a"], ["a", "b"]]));
    for (const { commit } of batches) commit();
    expect(await Promise.all(answers)).toEqual(["written", "written"]);
  });

  test("one that stays away is given up after the patience, and nothing is called written", async () => {
    const { queue } = newQueue({ write: () => Promise.reject(new Lost()), patienceMs: 300 });
    expect(await Promise.all(["a", "b"].map((key) => queue.submit(event(key))))).toEqual([
      "unavailable",
      "unavailable",
    ]);
    await queue.drained();
  });

  test("an event that the database refuses costs none of the others", async () => {
    const written: string[] = [];
    const queue = new IntakeQueue({
      write: (entries) => {
        const keys = entries.flatMap(({ events }) => events.map(({ dedupKey }) => dedupKey));
        if (keys.includes("poison")) return Promise.reject(new Error("refused"));
        written.push(...keys);
        return Promise.resolve();
      },
      isTransient: () => false,
      onFailure: () => undefined,
    });
    const keys = ["a", "b", "poison", "c", "d"];
    expect(await Promise.all(keys.map((key) => queue.submit(event(key))))).toEqual([
      "written",
      "written",
      "failed",
      "written",
      "written",
    ]);
    expect(written).toEqual(["a", "b", "c", "d"]);
  });
});

describe("a full queue", () => {
  test("refuses repetitions first, news last, and takes both again once it has emptied", async () => {
    const { queue, batches } = newQueue({ limit: { rows: 8, bytes: 10_000 } });
    const taken = Array.from({ length: 6 }, (_, index) => queue.submit(event(`known-${index}`)));
    await turn();
    expect(await queue.submit(event("known-0"))).toBe("full");
    taken.push(queue.submit(event("new-1")), queue.submit(event("new-2")));
    expect(await queue.submit(event("new-3"))).toBe("full");
    await turn();
    for (const { commit } of batches) commit();
    expect(new Set(await Promise.all(taken))).toEqual(new Set(["written"]));
    const after = queue.submit(event("known-0"));
    await vi.waitFor(() => expect(batches.at(-1)?.keys).toEqual(["known-0"]));
    batches.at(-1)!.commit();
    expect(await after).toBe("written");
  });

  test("counts bytes as well as rows", async () => {
    const { queue, batches } = newQueue({ limit: { rows: 100, bytes: 100 } });
    const first = queue.submit(event("a", "x".repeat(90)));
    expect(await queue.submit(event("b", "x".repeat(20)))).toBe("full");
    await turn();
    batches[0]!.commit();
    expect(await first).toBe("written");
  });
});
