import { describe, expect, test } from "vitest";
import { adviseOn, perWeek } from "#lib/alerts/kind-advice";

const service = { slug: "feed" };
const kind = { opened: 20, acted: 4, ignored: 15, briefOpened: 12, briefActed: 1, service };

describe("adviseOn", () => {
  test("a pause where most end by themselves, with what it would have delayed", () => {
    expect(adviseOn(kind)).toEqual({
      action: "Pause it for 5 minutes",
      href: "/services/feed/rules",
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

  test("nothing about kinds of which little is known", () => {
    expect(adviseOn({ ...kind, opened: 4, briefOpened: 4 })).toBeNull();
  });
});

test("perWeek keeps a rate finite however short the time is", () => {
  expect(perWeek(14, 14 * 86_400_000)).toBe(7);
  expect(perWeek(3, 0)).toBe(21);
});
