import { describe, expect, test } from "vitest";
import { overdueKey, overdueNotice } from "#lib/problems/overdue-notice";
import type { OverdueItem } from "#lib/problems/overdue-notice";

const action = (dueOn: string): OverdueItem => ({ kind: "action", title: "Bound the queue", dueOn });
const review: OverdueItem = { kind: "review", title: "#12 Deposits fail", dueOn: "2026-11-20" };

describe("what is told about what is overdue", () => {
  test("counts it and names it, with its day", () => {
    expect(overdueNotice([action("2026-11-18"), review])).toEqual({
      title: "1 corrective action and 1 review of yours are overdue",
      lines: ["Bound the queue (due 18 Nov 2026)", "Review of #12 Deposits fail (due 20 Nov 2026)"],
      path: "/problems/actions?show=overdue",
    });
    expect(overdueNotice([review])).toMatchObject({
      title: "1 review of yours is overdue",
      path: "/problems/reviews",
    });
    const many = overdueNotice(Array.from({ length: 12 }, () => action("2026-11-18")));
    expect([many.lines.length, many.lines.at(-1)]).toEqual([11, "and 2 more"]);
  });

  test("is told at once when something becomes overdue, then weekly", () => {
    const keys = ["2026-11-19", "2026-11-24", "2026-11-25", "2026-12-01", "2026-12-02"].map((today) =>
      overdueKey([action("2026-11-18")], today),
    );
    expect(new Set(keys).size).toBe(3);
    expect(keys[0]).toBe(keys[1]);
    expect(overdueKey([action("2026-11-18"), review], "2026-11-21")).not.toBe(keys[0]);
  });
});
