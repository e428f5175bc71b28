import { describe, expect, it } from "vitest";
import { judgePolicy } from "#lib/people/policy-readiness";
import { readinessDigest } from "#lib/people/readiness-digest";
import { dueThisWeek } from "#lib/people/weekly";

describe("what is due once a week", () => {
  const tuesday = { weekday: 2, hour: 10 };
  it("is due at the person's own hour, for six hours", () => {
    const due = (at: string) => dueThisWeek(new Date(at), "Europe/Berlin", tuesday);
    expect(due("2026-11-24T08:59:59.000Z")).toBeNull();
    expect(due("2026-11-24T09:00:00.000Z")).toBe("2026-11-24");
    expect(due("2026-11-24T14:59:59.000Z")).toBe("2026-11-24");
    expect(due("2026-11-24T15:00:00.000Z")).toBeNull();
    expect(due("2026-11-25T09:00:00.000Z")).toBeNull();
  });
});

describe("a policy", () => {
  const person = (name: string, state: "ready" | "partly" | "unreachable") => ({ name, state });
  it("is as good as its weakest level, and a level as its best person", () => {
    const first = { level: 1, people: [person("Ann", "unreachable"), person("Ben", "ready")] };
    expect(judgePolicy([first])).toEqual({ state: "ready", weakest: null });
    const second = { level: 2, people: [person("Ines", "partly")] };
    expect(judgePolicy([first, second])).toEqual({
      state: "partly",
      weakest: { level: 2, because: "Ines: only partly ready." },
    });
    expect(judgePolicy([first, second, { level: 3, people: [] }])).toEqual({
      state: "unreachable",
      weakest: { level: 3, because: "Nobody is on call there now." },
    });
    expect(judgePolicy([]).state).toBe("unreachable");
  });
});

describe("the weekly digest", () => {
  const ready = { state: "ready" as const, reasons: [], firstStepMinutes: 0 };
  it("names who can't be reached before who is only partly ready", () => {
    const digest = readinessDigest({
      people: [
        { name: "Ann", readiness: ready, untested: true },
        {
          name: "Ben",
          readiness: { ...ready, state: "partly", reasons: ["By e-mail alone"] },
          untested: false,
        },
        { name: "Ines", readiness: { ...ready, state: "unreachable", reasons: ["No way"] }, untested: false },
      ],
      policies: [
        {
          name: "Payments",
          readiness: { state: "unreachable", weakest: { level: 2, because: "Nobody is on call there now." } },
        },
      ],
    });
    expect(digest).toEqual({
      title: "Readiness this week: 1 of 3 people can be paged at night",
      lines: [
        "Ines: not reachable. No way",
        "Payments, level 2: Nobody is on call there now.",
        "Ben: partly ready. By e-mail alone",
        "Not tested for 30 days: Ann",
      ],
      path: "/readiness",
    });
  });

  it("says so when everything is well", () => {
    const digest = readinessDigest({
      people: [{ name: "Ann", readiness: ready, untested: false }],
      policies: [],
    });
    expect(digest.lines).toEqual(["Every policy reaches somebody at every level right now."]);
  });
});
