import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cacheValueAt, stretchOf, withCount, withValue } from "#lib/rules/cache-variable";
import type { CacheState } from "#lib/rules/cache-variable";

const NOTHING: CacheState = { latest: null, counts: new Map() };
const AT = Date.parse("2026-06-03T20:00:00Z");

describe("a value", () => {
  const recent = { kind: "recent_value", ttlSeconds: 60 } as const;

  it("counts for its time and not a moment longer", () => {
    const state = withValue(NOTHING, "live", AT, 60);
    expect(cacheValueAt(recent, state, AT + 59_999)).toBe("live");
    expect(cacheValueAt(recent, state, AT + 60_000)).toBeNull();
    expect(cacheValueAt(recent, NOTHING, AT)).toBeNull();
  });

  it("is the one that was said last, in whatever order they come", () => {
    const said = fc.array(fc.record({ value: fc.string(), at: fc.integer({ min: 0, max: 1000 }) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(said, (values) => {
        const newest = Math.max(...values.map(({ at }) => at));
        const state = values.reduce((now, { value, at }) => withValue(now, value, at, null), NOTHING);
        expect(values.filter(({ at }) => at === newest).map(({ value }) => value)).toContain(
          state.latest?.value,
        );
      }),
    );
  });
});

describe("a count", () => {
  const counting = { kind: "trigger_event_count", ttlSeconds: 3600 } as const;

  it("is all of its time, to a sixtieth of it, in whatever order they come", () => {
    const instants = fc.array(fc.integer({ min: AT - 7_200_000, max: AT }));
    fc.assert(
      fc.property(instants, (all) => {
        const state = all.reduce((now, at) => withCount(now, stretchOf(3600, at), 1), NOTHING);
        const counted = cacheValueAt(counting, state, AT);
        const within = (seconds: number) => all.filter((at) => at > AT - seconds * 1000).length;
        expect(counted).toBeLessThanOrEqual(within(3600));
        expect(counted).toBeGreaterThanOrEqual(within(3600 - 60));
      }),
    );
  });

  it("is nought, not nothing, before the first", () => {
    expect(cacheValueAt(counting, NOTHING, AT)).toBe(0);
  });
});
