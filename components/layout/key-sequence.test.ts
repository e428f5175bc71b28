import { describe, expect, it } from "vitest";
import { followSequence, keyCaps, pressName } from "#components/layout/key-sequence";

const bindings = ["g h", "g i", "a", "mod+k", "?", "! 1"];

describe("followSequence", () => {
  it("completes a single key at once", () => {
    expect(followSequence(bindings, "", "a")).toEqual({ match: "a", pending: "" });
  });
  it("waits for the second key of a sequence", () => {
    const first = followSequence(bindings, "", "g");
    expect(first).toEqual({ match: undefined, pending: "g" });
    expect(followSequence(bindings, first.pending, "i")).toEqual({ match: "g i", pending: "" });
  });
  it("lets a key that continues nothing act for itself", () => {
    expect(followSequence(bindings, "g", "a")).toEqual({ match: "a", pending: "" });
  });
  it("starts again when the first key is pressed twice", () => {
    expect(followSequence(bindings, "g", "g")).toEqual({ match: undefined, pending: "g" });
  });
  it("forgets what leads nowhere", () => {
    expect(followSequence(bindings, "g", "z")).toEqual({ match: undefined, pending: "" });
  });
});

describe("names", () => {
  it("writes modifiers the same for Control and Command", () => {
    expect(pressName({ key: "K", mod: true })).toBe("mod+k");
    expect(pressName({ key: "?", mod: false })).toBe("?");
  });
  it("draws caps for the platform", () => {
    expect(keyCaps("mod+k", true)).toBe("⌘K");
    expect(keyCaps("mod+k", false)).toBe("Ctrl K");
    expect(keyCaps("g i", true)).toBe("g i");
    expect(keyCaps("X", true)).toBe("⇧X");
  });
});
