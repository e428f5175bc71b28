import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextAttempt, spreadOf } from "#lib/notifications/backoff";
import {
  afterReport,
  checkSend,
  ENDED_STATES,
  moveDelivery,
  settle,
  statesBefore,
  WAITING_STATES,
} from "#lib/notifications/delivery";

const NOW = new Date("2026-11-22T03:11:52.000Z");
const LATER = new Date(NOW.getTime() + 3_600_000);
const failed = { kind: "failed" as const, retry: true, detail: "HTTP 503" };
const base = { failures: 0, now: NOW, expiresAt: LATER, pageActive: true, spread: 0 };

describe("moveDelivery", () => {
  it("refuses what makes no sense, and says what it is", () => {
    expect(moveDelivery("queued", "accepted")).toEqual({
      kind: "refused",
      because: "A delivery that is queued can't become accepted.",
    });
    expect(moveDelivery("expired", "sending").kind).toBe("refused");
    expect(moveDelivery("delivered", "retrying").kind).toBe("refused");
  });

  it("lets a lease that ran out be taken again", () => {
    expect(moveDelivery("sending", "sending")).toEqual({ kind: "move", to: "sending" });
  });

  it("takes an answer from a person as proof, even of a send that was given up", () => {
    expect(statesBefore("acted")).toEqual(
      expect.arrayContaining(["sending", "accepted", "delivered", "failed", "cancelled"]),
    );
    expect(statesBefore("acted")).not.toContain("queued");
  });

  it("never goes from an end back to waiting, unless the provider reports that what it took did not arrive", () => {
    const again = [...WAITING_STATES, "sending" as const];
    const moves = ENDED_STATES.flatMap((from) =>
      again.flatMap((to) => (moveDelivery(from, to).kind === "move" ? [`${from} ${to}`] : [])),
    );
    expect(moves).toEqual(["accepted retrying"]);
  });
});

describe("checkSend", () => {
  const wanted = {
    pageActive: true,
    reason: "assigned" as const,
    incident: { status: "triggered", assigned: true },
    personActive: true,
    methodEnabled: true,
  };

  it("lets through what is still wanted", () => {
    expect(checkSend(wanted)).toEqual({ kind: "send" });
    expect(checkSend({ ...wanted, incident: null })).toEqual({ kind: "send" });
  });

  it.each([
    [{ pageActive: false }, "The page had ended."],
    [
      { incident: { status: "acknowledged", assigned: true } },
      "The incident was acknowledged before it left.",
    ],
    [{ incident: { status: "triggered", assigned: false } }, "The incident was no longer this person's."],
    [{ personActive: false }, "The account is deactivated."],
  ])("cancels %o", (change, because) => {
    expect(checkSend({ ...wanted, ...change })).toEqual({ kind: "cancelled", because });
  });

  it.each([
    ["told", "triggered", "send"],
    ["told", "acknowledged", "cancelled"],
    ["nobody_answered", "triggered", "send"],
    ["nobody_answered", "resolved", "cancelled"],
    ["requested", "acknowledged", "send"],
    ["requested", "resolved", "cancelled"],
    ["changed", "acknowledged", "send"],
    ["changed", "resolved", "send"],
  ] as const)("asks of a page with the reason %s whether one %s is of use: %s", (reason, status, kind) => {
    expect(checkSend({ ...wanted, reason, incident: { status, assigned: false } }).kind).toBe(kind);
  });

  it("fails what can't be sent, so that the next step comes at once", () => {
    expect(checkSend({ ...wanted, methodEnabled: false })).toMatchObject({ kind: "failed", retry: false });
  });
});

describe("settle", () => {
  it("tries again what may get better, later each time", () => {
    expect(settle({ ...base, result: failed })).toEqual({
      state: "retrying",
      detail: "HTTP 503",
      dueAt: new Date(NOW.getTime() + 5_000),
    });
  });

  it("gives up when the next attempt would come too late", () => {
    const outcome = settle({ ...base, expiresAt: new Date(NOW.getTime() + 4_000), result: failed });
    expect(outcome).toMatchObject({ state: "failed", dueAt: null });
    expect(outcome.detail).toContain("too late");
  });

  it("gives up what can't get better, and what was cancelled meanwhile", () => {
    expect(settle({ ...base, result: { ...failed, retry: false } }).state).toBe("failed");
    expect(settle({ ...base, pageActive: false, result: failed }).state).toBe("cancelled");
  });

  it("keeps an acceptance, even of a page that ended meanwhile", () => {
    const result = { kind: "accepted" as const, providerId: "1", detail: "250 ok" };
    expect(settle({ ...base, pageActive: false, result }).state).toBe("accepted");
  });
});

describe("nextAttempt", () => {
  it("is in the future, within six minutes, and given up only for being of no use any more", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 0, max: 3_600_000 }),
        (failures, spread, left) => {
          const expiresAt = new Date(NOW.getTime() + left);
          const next = nextAttempt({ failures, now: NOW, expiresAt, spread });
          // Given up only when even the longest pause, five minutes and a fifth, would not fit any more.
          const wait = next.kind === "retry" ? next.at.getTime() - NOW.getTime() : left - 360_000;
          expect(wait).toBeLessThanOrEqual(next.kind === "retry" ? 360_000 : 0);
          expect(next.kind === "give_up" || (wait > 0 && wait < left)).toBe(true);
        },
      ),
    );
  });

  it("comes later from failure to failure, and every five minutes in the end", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 40].map((failures) => {
      const next = nextAttempt({ failures, now: NOW, expiresAt: LATER, spread: 0 });
      return next.kind === "retry" ? (next.at.getTime() - NOW.getTime()) / 1000 : null;
    });
    expect(waits).toEqual([5, 10, 20, 40, 60, 120, 180, 300, 300, 300]);
  });

  it("spreads by a number from the id alone, in [0, 1)", () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(spreadOf(id)).toBe(spreadOf(id));
        expect(spreadOf(id)).toBeGreaterThanOrEqual(0);
        expect(spreadOf(id)).toBeLessThan(1);
      }),
    );
  });
});

describe("afterReport", () => {
  const at = new Date("2026-11-22T03:14:00.000Z");
  const report = (values: Partial<Parameters<typeof afterReport>[0]>) =>
    afterReport({
      state: "accepted",
      accepted: 1,
      isAboutAnotherAttempt: false,
      canRetry: true,
      now: at,
      expiresAt: new Date(at.getTime() + 3_600_000),
      ...values,
    });

  it("tries once more after a minute, then gives up", () => {
    expect(report({})).toEqual({ state: "retrying", dueAt: new Date(at.getTime() + 60_000) });
    expect(report({ accepted: 2 })).toEqual({ state: "failed", dueAt: null });
    expect(report({ canRetry: false })).toEqual({ state: "failed", dueAt: null });
    expect(report({ expiresAt: new Date(at.getTime() + 59_000) })).toEqual({ state: "failed", dueAt: null });
  });

  it.each(["delivered", "acted", "failed", "cancelled", "expired", "queued", "retrying"] as const)(
    "changes nothing of one that is %s",
    (state) => {
      expect(report({ state })).toBeNull();
    },
  );

  it("changes nothing for an earlier attempt", () => {
    expect(report({ isAboutAnotherAttempt: true })).toBeNull();
  });
});
