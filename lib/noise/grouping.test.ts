import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lessonsFrom } from "#lib/noise/feedback";
import type { PairFeedback } from "#lib/noise/feedback";
import { decideGroup } from "#lib/noise/grouping";
import type { OpenGroup } from "#lib/noise/grouping";
import { comparedValues } from "#lib/noise/grouping-setting";
import type { GroupingSetting } from "#lib/noise/grouping-setting";
import { maskedTokens } from "#lib/noise/mask";
import { replay } from "#lib/noise/replay";
import type { AlertFace } from "#lib/noise/similarity";

const NOW = new Date("2026-09-13T17:00:00Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

function faceOf(summary: string, values: Partial<AlertFace> = {}): AlertFace {
  const tokens = maskedTokens(summary);
  const template = tokens.join(" ");
  return {
    alertId: summary,
    serviceId: "S",
    summary,
    templateId: template,
    template,
    tokens,
    values: {},
    ...values,
  };
}

function groupOf(member: AlertFace, values: Partial<OpenGroup> = {}): OpenGroup {
  return { incidentId: "I1", openedAt: NOW, lastAlertAt: NOW, members: [member], ...values };
}

function settingOf(values: Partial<GroupingSetting> = {}): GroupingSetting {
  return { mode: "similarity", windowSeconds: 900, fields: [], aggregate: "all", threshold: 0.72, ...values };
}

function decide(
  alert: AlertFace,
  groups: OpenGroup[],
  setting: Partial<GroupingSetting> = {},
  { feedback = [] as PairFeedback[], at = later(60), adjacent = false } = {},
) {
  const facts = { lessons: lessonsFrom(feedback), adjacent: () => adjacent };
  return decideGroup(alert, settingOf(setting), groups, facts, at);
}

const disk1 = faceOf("Disk 91 % full on web-1");
const disk2 = faceOf("Disk 94 % full on web-2");
const login = faceOf("Login fails for 3 % of people");

describe("by similarity", () => {
  test("the same kind of text joins, and says why with its score", () => {
    const decision = decide(disk2, [groupOf(disk1)]);
    expect(decision).toMatchObject({
      kind: "join",
      incidentId: "I1",
      reason: {
        score: 0.8,
        threshold: 0.72,
        features: { wording: 1, sameTemplate: 1 },
        likeAlertId: disk1.alertId,
      },
    });
    expect(decision.reason?.sentence).toBe(
      "Like “Disk 91 % full on web-1” (100 % of the words agree, the same kind of text; score 0.8, 0.72 is needed).",
    );
  });

  test("another kind of text opens an incident of its own, and says how far it was", () => {
    const decision = decide(login, [groupOf(disk1)]);
    expect(decision.kind).toBe("own");
    expect(decision.reason?.sentence).toMatch(
      /^The nearest alert of an open incident, “Disk 91 % full on web-1”, scores 0\.\d+; 0\.72 is needed\.$/,
    );
  });

  test("what people moved apart stays apart, until they put it together more often", () => {
    const pair = { templateA: disk1.templateId!, templateB: disk1.templateId! };
    const apart = { feedback: [{ ...pair, together: 0, apart: 1 }] };
    expect(decide(disk2, [groupOf(disk1)], {}, apart)).toMatchObject({ kind: "own", reason: { score: 0.3 } });
    const again = { feedback: [{ ...pair, together: 2, apart: 1 }] };
    expect(decide(disk2, [groupOf(disk1)], {}, again).kind).toBe("join");
  });

  test("what people put together twice and never apart joins, however different the words", () => {
    const pair = { templateA: login.templateId!, templateB: disk1.templateId! };
    const taught = (together: number, apart = 0) =>
      decide(login, [groupOf(disk1)], {}, { feedback: [{ ...pair, together, apart }] }).kind;
    expect([taught(1), taught(2), taught(2, 1), taught(6, 1)]).toEqual(["own", "join", "own", "join"]);
  });

  test("the window rolls with each alert, and ends a day after the opening", () => {
    const rolled = (lastAlertAt: number, at: number) =>
      decide(disk2, [groupOf(disk1, { lastAlertAt: later(lastAlertAt) })], {}, { at: later(at) }).kind;
    expect([rolled(0, 900), rolled(0, 901), rolled(80_000, 80_900)]).toEqual(["join", "own", "join"]);
    expect([rolled(86_000, 86_400), rolled(86_000, 86_401)]).toEqual(["join", "own"]);
  });

  test("of equal scores the newest incident wins", () => {
    const newer = groupOf(disk1, {
      incidentId: "I2",
      openedAt: later(30),
      lastAlertAt: later(30),
    });
    expect(decide(disk2, [groupOf(disk1), newer])).toMatchObject({ incidentId: "I2" });
    expect(decide(disk2, [newer, groupOf(disk1)])).toMatchObject({ incidentId: "I2" });
  });
});

describe("by content", () => {
  const fields = ["component", "custom_details.region"];
  const alert = (component: string | null, region: string | null) => {
    const record = { summary: "", source: "", severity: "", component, group: null, class: null };
    return faceOf("x", { values: comparedValues({ ...record, customDetails: { region } }, fields) });
  };
  const joins = (aggregate: "all" | "any", a: AlertFace, b: AlertFace) =>
    decide(a, [groupOf(b)], { mode: "content", fields, aggregate }).kind === "join";

  test("all: every field must be there and agree; case and blanks don't matter", () => {
    expect(joins("all", alert("API", " eu  west"), alert("api ", "EU west"))).toBe(true);
    expect(joins("all", alert("api", "eu"), alert("api", "us"))).toBe(false);
    expect(joins("all", alert("api", null), alert("api", null))).toBe(false);
  });

  test("any: one field that both have is enough", () => {
    expect(joins("any", alert("api", null), alert("api", "us"))).toBe(true);
    expect(joins("any", alert(null, null), alert(null, null))).toBe(false);
  });

  test("both: fields must agree and the wording must be alike", () => {
    const setting = { mode: "both" as const, fields: ["class"] };
    const of = (summary: string, kind: string) => faceOf(summary, { values: { class: kind } });
    const kinds = (a: AlertFace, b: AlertFace) => decide(a, [groupOf(b)], setting).kind;
    expect(kinds(of("Disk 9 % full", "disk"), of("Disk 8 % full", "disk"))).toBe("join");
    expect(kinds(of("Disk 9 % full", "disk"), of("Disk 8 % full", "io"))).toBe("own");
    expect(kinds(of("Disk 9 % full", "disk"), of("Inodes are used up", "disk"))).toBe("own");
  });
});

test("by time: within the period from the opening, or for as long as it is open", () => {
  const by = (windowSeconds: number, at: number) =>
    decide(login, [groupOf(disk1)], { mode: "time", windowSeconds }, { at: later(at) }).kind;
  expect([by(600, 600), by(600, 601), by(0, 200_000)]).toEqual(["join", "own", "join"]);
});

test("off: nothing joins", () => {
  expect(decide(disk2, [groupOf(disk1)], { mode: "off" })).toEqual({ kind: "own", reason: null });
});

const summaries = fc.constantFrom(
  "Disk 1 % full",
  "Disk 2 % full",
  "Login fails",
  "Login fails badly",
  "HTTP 503",
  "HTTP 404",
);
const pastAlert = fc.record({
  summary: summaries,
  component: fc.constantFrom("a", "b", null),
  gap: fc.integer({ min: 0, max: 2000 }),
  lasts: fc.integer({ min: 1, max: 9000 }),
});
const settings = fc.record({
  mode: fc.constantFrom("off", "time", "content", "similarity", "both" as const),
  windowSeconds: fc.constantFrom(300, 900, 3600),
  aggregate: fc.constantFrom("all", "any" as const),
}) as fc.Arbitrary<Pick<GroupingSetting, "mode" | "windowSeconds" | "aggregate">>;
const facts = { lessons: lessonsFrom([]), adjacent: () => false };

function pastOf(list: { summary: string; component: string | null; gap: number; lasts: number }[]) {
  let at = 0;
  return list.map(({ summary, component, gap, lasts }, index) => {
    at += gap;
    const face = faceOf(summary, { alertId: `A${index}`, values: { component } });
    return { face, at: later(at), resolvedAt: later(at + lasts) };
  });
}

describe("whatever the alerts and the setting", () => {
  test("every alert is on exactly one incident, incidents span at most a day, and the same alerts give the same incidents", () => {
    fc.assert(
      fc.property(fc.array(pastAlert, { maxLength: 80 }), settings, (list, values) => {
        const setting = settingOf({ ...values, fields: ["component"] });
        const past = pastOf(list);
        const made = replay(past, setting, facts);
        const placed = made.flatMap(({ alerts }) => alerts.map(({ alert }) => alert.face.alertId));
        expect(placed.toSorted()).toEqual(past.map(({ face }) => face.alertId).toSorted());
        for (const { openedAt, alerts } of made) {
          const last = alerts.at(-1)!.alert.at.getTime();
          expect(last - openedAt.getTime()).toBeLessThanOrEqual(86_400_000);
        }
        expect(replay(past, setting, facts)).toEqual(made);
      }),
    );
  });

  test("by all fields: the order of alerts of one instant changes no group", () => {
    fc.assert(
      fc.property(fc.array(pastAlert, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (list, order) => {
        const setting = settingOf({ mode: "content", fields: ["component"] });
        const past = pastOf(list.map((each) => ({ ...each, gap: 0, lasts: 100 })));
        const shuffled = past
          .map((each) => ({ each, at: order.next().value as number }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ each }) => each);
        expect(groupsOf(shuffled, setting)).toEqual(groupsOf(past, setting));
      }),
    );
  });
});

function groupsOf(past: ReturnType<typeof pastOf>, setting: GroupingSetting): string[] {
  return replay(past, setting, facts)
    .map(({ alerts }) =>
      alerts
        .map(({ alert }) => alert.face.alertId)
        .toSorted()
        .join(" "),
    )
    .toSorted();
}
