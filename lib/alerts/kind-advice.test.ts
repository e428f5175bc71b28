import { describe, expect, test } from "vitest";
import { adviseOn, perWeek } from "#lib/alerts/kind-advice";

const service = { slug: "feed" };
const kind = {
  id: "T1",
  opened: 20,
  acted: 4,
  ignored: 15,
  briefOpened: 12,
  briefActed: 1,
  soonOpened: 0,
  service,
};

describe("adviseOn", () => {
  test("a pause where most end by themselves, with what it would have delayed", () => {
    expect(adviseOn(kind)).toEqual({
      suggests: "pause",
      action: "Pause it for 5 minutes",
      href: "/services/feed/rules?suggest=pause&kind=T1",
      because:
        "12 of 20 incidents would not have opened, since their alert ended within 5 minutes; somebody acted on 1 of these",
    });
  });

  test("suppressing only what nobody ever did anything about", () => {
    const lasting = { ...kind, briefOpened: 3, briefActed: 0 };
    expect(adviseOn({ ...lasting, acted: 0, ignored: 20 })?.action).toBe("Suppress it");
    expect(adviseOn(lasting)).toBeNull();
    expect(adviseOn({ ...lasting, acted: 0, ignored: 4 })).toBeNull();
  });

  test("one incident for what comes right after each other and somebody acts on", () => {
    const together = { ...kind, briefOpened: 3, soonOpened: 10 };
    expect(adviseOn(together)).toMatchObject({
      action: "Group these",
      href: "/services/feed/noise?suggest=grouping",
      because: "10 of 20 incidents opened within 5 minutes after another of the kind",
    });
    expect(adviseOn({ ...together, soonOpened: 9 })).toBeNull();
  });

  test("nothing about kinds of which little is known", () => {
    expect(adviseOn({ ...kind, opened: 4, briefOpened: 4 })).toBeNull();
    expect(adviseOn({ ...kind, id: "none" })).toBeNull();
  });
});

test("perWeek keeps a rate finite however short the time is", () => {
  expect(perWeek(14, 14 * 86_400_000)).toBe(7);
  expect(perWeek(3, 0)).toBe(21);
});
