import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { doneText, parseReply, questionOf, REPLY_TEXTS, targetOf } from "#lib/notifications/sms-reply";
import type { SentText } from "#lib/notifications/sms-reply";
import { placesOf } from "#lib/notifications/gsm-text";

const NOW = new Date("2026-11-22T03:14:00.000Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

function text(number: number, minutes: number, values: Partial<SentText> = {}): SentText {
  return {
    deliveryId: `QD${number}`,
    sentAt: ago(minutes),
    answered: false,
    isTest: false,
    isRequest: false,
    incidents: [{ id: `QI${number}`, number, status: "triggered" }],
    ...values,
  };
}

describe("parseReply", () => {
  it.each([
    ["4", "acknowledge", null],
    [" 4. ", "acknowledge", null],
    ["Ack", "acknowledge", null],
    ["6", "resolve", null],
    ["8", "escalate", null],
    ["4 1042", "acknowledge", 1042],
    ["4 #1042", "acknowledge", 1042],
    ["4#1042", "acknowledge", 1042],
    ["ack 1042", "acknowledge", 1042],
    ["RES 7", "resolve", 7],
  ])("reads %j as %s %s", (said, action, number) => {
    expect(parseReply(said)).toEqual({ kind: "act", action, number });
  });

  it.each(["", "5", "41042", "44", "4 4 4", "4 later", "ok", "I will not ack this", "4\n6", "four"])(
    "does nothing on %j",
    (said) => {
      expect(parseReply(said)).toEqual({ kind: "unknown" });
    },
  );

  it.each([
    ["STOP", "stop"],
    ["Unsubscribe", "stop"],
    ["start", "start"],
    ["HELP", "help"],
  ])("knows %s", (said, kind) => {
    expect(parseReply(said)).toEqual({ kind });
  });
});

describe("targetOf", () => {
  it("is the only text there was", () => {
    const only = text(1042, 5);
    expect(targetOf(null, [only], NOW)).toEqual({ kind: "incidents", text: only, incidents: only.incidents });
  });

  it.each([
    ["a recent one", text(1040, 9)],
    [
      "a recent one that somebody else has taken",
      text(1040, 9, { incidents: [{ id: "QI1040", number: 1040, status: "acknowledged" }] }),
    ],
    ["an old one that still waits", text(1040, 300)],
  ])("asks back when %s could be meant as well", (_, other) => {
    expect(targetOf(null, [text(1042, 1), other], NOW)).toEqual({ kind: "ask", numbers: [1042, 1040] });
  });

  it.each([
    ["was answered", text(1040, 2, { answered: true })],
    ["is long in hand", text(1040, 60, { incidents: [{ id: "QI1040", number: 1040, status: "resolved" }] })],
    ["is about the same incident", text(1042, 6)],
  ])("doesn't ask about one that %s", (_, other) => {
    expect(targetOf(null, [text(1042, 1), other], NOW)).toMatchObject({
      kind: "incidents",
      incidents: [{ number: 1042 }],
    });
  });

  it("never acts on the older one when the newest is in hand: it asks", () => {
    const newest = text(1042, 1, { incidents: [{ id: "QI1042", number: 1042, status: "resolved" }] });
    expect(targetOf(null, [newest, text(1040, 30)], NOW)).toMatchObject({ kind: "ask" });
  });

  it("is the incident that is named, if it was texted", () => {
    const texts = [text(1042, 1), text(1040, 2)];
    expect(targetOf(1040, texts, NOW)).toMatchObject({ kind: "incidents", incidents: [{ number: 1040 }] });
    expect(targetOf(1041, texts, NOW)).toEqual({ kind: "not_texted", number: 1041 });
  });

  it("is all of one text that named several", () => {
    const several = text(1042, 1, {
      incidents: [
        { id: "QI1042", number: 1042, status: "triggered" },
        { id: "QI1043", number: 1043, status: "triggered" },
      ],
    });
    expect(targetOf(null, [several], NOW)).toMatchObject({ kind: "incidents", incidents: several.incidents });
  });

  it("is a test, or nothing", () => {
    expect(targetOf(null, [text(1, 1, { incidents: [], isTest: true })], NOW)).toMatchObject({
      kind: "test",
    });
    expect(targetOf(null, [text(1, 1, { incidents: [] })], NOW)).toEqual({ kind: "nothing" });
    expect(targetOf(null, [], NOW)).toEqual({ kind: "nothing" });
  });

  const texts = fc.array(
    fc.record({
      deliveryId: fc.constant("QD"),
      sentAt: fc.integer({ min: 0, max: 1440 }).map(ago),
      answered: fc.boolean(),
      isTest: fc.boolean(),
      isRequest: fc.constant(false),
      incidents: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom("1", "2", "3"),
          status: fc.constantFrom("triggered", "acknowledged", "resolved" as const),
        }),
        { selector: ({ id }) => id, maxLength: 3 },
      ),
    }),
    { maxLength: 6 },
  );
  it("acts on nothing but what the newest text named, and only if nothing else waits", () => {
    fc.assert(
      fc.property(texts, (drawn) => {
        const sent = drawn
          .map((one) => ({
            ...one,
            incidents: one.incidents.map((each) => ({ ...each, number: Number(each.id) })),
          }))
          .toSorted((a, b) => b.sentAt.getTime() - a.sentAt.getTime());
        const target = targetOf(null, sent, NOW);
        if (target.kind !== "incidents") return;
        const named = new Set<string>(sent[0]!.incidents.map(({ id }) => id));
        expect(target.incidents.every(({ id }) => named.has(id))).toBe(true);
        const waiting = sent
          .filter(({ answered }) => !answered)
          .flatMap(({ incidents }) => incidents)
          .filter(({ id, status }) => status === "triggered" && !named.has(id));
        expect(waiting).toEqual([]);
      }),
    );
  });
});

describe("an answer", () => {
  it("asks which one", () => {
    expect(questionOf("acknowledge", [1042, 1040])).toBe(
      "Nothing done. Which one: #1042 or #1040? Reply 4 1042",
    );
    expect(questionOf("resolve", [1, 2, 3, 4, 5])).toBe(
      "Nothing done. Which one: #1, #2, #3 or #4 (1 more)? Reply 6 1",
    );
  });

  it("says what was done, and what was refused", () => {
    expect(doneText("acknowledge", 1042, null)).toBe("Acked #1042.");
    expect(doneText("acknowledge", 1042, "It is already resolved.")).toBe("#1042: It is already resolved.");
  });

  it.each(Object.values(REPLY_TEXTS))("fits into one text: %s", (words) => {
    expect(placesOf(words)).toBeLessThanOrEqual(160);
  });
});
