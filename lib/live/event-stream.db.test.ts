import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inTransaction, SYSTEM } from "#lib/context";
import { openEventStream } from "#lib/live/event-stream";
import { publish } from "#lib/outbox";
import { useDatabase } from "#lib/testing/database";

const { db, sql } = await useDatabase();
Object.assign(globalThis, { touchlineDatabase: db });

const open: AbortController[] = [];
beforeEach(async () => {
  await sql`delete from outbox`;
});
afterEach(() => {
  for (const controller of open.splice(0)) controller.abort();
});

const changeOf = (entityId: string, topic = "incident.updated") => ({
  topic,
  entityType: topic.split(".")[0] ?? "",
  entityId,
});

function tell(...entityIds: string[]) {
  return inTransaction({ db, actor: SYSTEM }, (scope) =>
    publish(scope, ...entityIds.map((entityId) => changeOf(entityId))),
  );
}

const idOf = async (entityId: string) => {
  const [row] = await sql<{ id: number }[]>`select id::int from outbox where entity_id = ${entityId}`;
  return row?.id ?? 0;
};

/** A browser with its event stream: `until` reads on until a block of it holds that text, and answers all blocks so far. */
async function listen(lastEventId: number | null, userId: string | null = null) {
  const controller = new AbortController();
  open.push(controller);
  const stream = await openEventStream(lastEventId, controller.signal, userId);
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  const read = async () => {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: true });
    return !done;
  };
  return {
    async until(wanted: string): Promise<string[]> {
      while (!text.includes(wanted))
        if (!(await read())) throw new Error(`It ended before ${wanted}: ${text}`);
      return text.split("\n\n");
    },
    async untilEnd(): Promise<string> {
      while (await read());
      return text;
    },
    abort: () => controller.abort(),
  };
}

function entitiesIn(blocks: string[]): string[] {
  return blocks.flatMap((block) => /"entityId":"([^"]+)"/.exec(block)?.[1] ?? []);
}

describe("an event stream", () => {
  test("begins with where it is and the time, and tells of changes once they are committed", async () => {
    const other = await listen(null);
    await tell("before");
    await other.until('"entityId":"before"');
    const browser = await listen(null);
    const start = await browser.until("event: beat");
    expect(start.slice(0, 2)).toEqual(["retry: 2000", `id: ${await idOf("before")}`]);
    await tell("I1");
    const blocks = await browser.until('"entityId":"I1"');
    expect(entitiesIn(blocks)).toEqual(["I1"]);
    expect(blocks.find((block) => block.includes("I1"))).toMatch(
      new RegExp(`^id: ${await idOf("I1")}\nevent: change\ndata: \\{.*"topic":"incident.updated"`),
    );
  });

  test("resumes after the change that the browser had last", async () => {
    const other = await listen(null);
    for (const entityId of ["A", "B", "C"]) await tell(entityId);
    await other.until('"entityId":"C"');
    const browser = await listen(await idOf("A"));
    const told = entitiesIn(await browser.until("event: beat"));
    expect(told.filter((entityId) => entityId !== "A")).toEqual(["B", "C"]);
    const blocks = await browser.until("event: beat");
    const ids = blocks.flatMap((block) => /^id: (\d+)/.exec(block)?.[1] ?? []);
    expect(Number(ids.at(-1))).toBe(await idOf("C"));
  });

  test("tells of a change that was written before others and committed after them", async () => {
    const browser = await listen(null);
    await browser.until("event: beat");
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
    const { promise: isWritten, resolve: written } = Promise.withResolvers<void>();
    const slow = inTransaction({ db, actor: SYSTEM }, async (scope) => {
      await publish(scope, changeOf("slow"));
      written();
      await mayCommit;
    });
    await isWritten;
    await tell("quick");
    await browser.until('"entityId":"quick"');
    commit();
    await slow;
    expect(entitiesIn(await browser.until('"entityId":"slow"'))).toEqual(["quick", "slow"]);
  });

  test("tells of all changes of one transaction, however many", async () => {
    const browser = await listen(null);
    await browser.until("event: beat");
    const entityIds = Array.from({ length: 900 }, (_, index) => `I${index}`);
    const arrived = browser.until('"entityId":"I899"');
    await tell(...entityIds);
    expect(entitiesIn(await arrived)).toEqual(entityIds);
  });

  test.each([
    ["more was missed than can be told one by one", 600, (first: number) => first],
    ["what was missed is not kept any more", 1, (first: number) => first - 10],
    ["it knows changes that never were", 1, (first: number) => first + 1000],
  ])("says that there is a gap when %s", async (_, changes, lastOf) => {
    const other = await listen(null);
    await tell("first");
    await tell(...Array.from({ length: changes }, (_each, index) => `I${index}`));
    // From then on the process has told of them, and nothing but what follows is news.
    await other.until(`"entityId":"I${changes - 1}"`);
    const browser = await listen(lastOf(await idOf("first")));
    const blocks = await browser.until("event: beat");
    expect(entitiesIn(blocks)).toEqual([]);
    expect(blocks).toContain("event: gap\ndata: {}");
    expect(blocks).toContain(`id: ${await idOf(`I${changes - 1}`)}`);
    await tell("after");
    expect(entitiesIn(await browser.until('"entityId":"after"'))).toEqual(["after"]);
  });

  test("that is told of a change of its account afterwards goes on", async () => {
    const other = await listen(null);
    await tell("I1");
    const first = await idOf("I1");
    await inTransaction({ db, actor: SYSTEM }, (scope) => publish(scope, changeOf("U1", "user.updated")));
    await other.until("user.updated");
    const browser = await listen(first, "U1");
    await browser.until("user.updated");
    await tell("I2");
    expect(entitiesIn(await browser.until('"entityId":"I2"'))).toContain("I2");
  });

  test("ends with its browser, and when the account changes whose it is", async () => {
    const [leaving, revoked, other] = [
      await listen(null),
      await listen(null, "U1"),
      await listen(null, "U2"),
    ];
    for (const browser of [leaving, revoked, other]) await browser.until("event: beat");
    leaving.abort();
    await leaving.untilEnd();
    await inTransaction({ db, actor: SYSTEM }, (scope) =>
      publish(scope, changeOf("U1", "contact_method.added"), changeOf("U1", "user.deactivated")),
    );
    expect(await revoked.untilEnd()).toContain("user.deactivated");
    await other.until("user.deactivated");
    await tell("I1");
    await other.until('"entityId":"I1"');
  });
});

test("one person can't take all the places there are, and gets one back when a window closes", async () => {
  const streams = await Promise.all(Array.from({ length: 50 }, () => listen(null, "QANN")));
  await expect(listen(null, "QANN")).rejects.toMatchObject({ code: "too_many" });
  await (await listen(null, "QBEN")).until("beat");
  await streams[0]?.until("beat");
  streams[0]?.abort();
  await streams[0]?.untilEnd();
  await (await listen(null, "QANN")).until("beat");
});
