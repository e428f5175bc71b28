import { describe, expect, it } from "vitest";
import { findLabel, readLabels } from "#lib/events/sources/labels";

describe("readLabels", () => {
  it("takes texts, numbers and booleans, and passes over the rest", () => {
    const labels = readLabels({ a: "x", b: 5, c: true, d: " ", e: null, f: ["x"], g: { h: "x" } });
    expect([...labels.byName]).toEqual([
      ["a", "x"],
      ["b", "5"],
      ["c", "true"],
    ]);
  });

  it("lets later objects win, and survives what is no object", () => {
    expect(findLabel(readLabels({ a: "1", b: "1" }, null, "text", { b: "2" }), "b")).toBe("2");
    expect(readLabels(undefined, [], 7).byName.size).toBe(0);
  });

  it("bounds their number", () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`l${index}`, "v"]));
    expect(readLabels(many).byName.size).toBe(1000);
  });
});

describe("findLabel", () => {
  it("prefers the exact spelling, then any capitals, then the next name", () => {
    const labels = readLabels({ Severity: "a", severity: "b", Host: "h" });
    expect(findLabel(labels, "severity")).toBe("b");
    expect(findLabel(labels, "SEVERITY")).toBe("a");
    expect(findLabel(labels, "instance", "host")).toBe("h");
    expect(findLabel(labels, "constructor", "__proto__", "toString")).toBeNull();
  });
});
