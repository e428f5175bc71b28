import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { DEFAULT_SEVERITY, mapSeverity } from "#lib/events/severity";

describe("mapSeverity", () => {
  it.each([
    ["critical", "critical"],
    ["CRITICAL", "critical"],
    [" Critical ", "critical"],
    ["page", "critical"],
    ["fatal", "critical"],
    ["P1", "critical"],
    ["SEV-1", "critical"],
    ["sev0", "critical"],
    [1, "critical"],
    ["disaster", "critical"],
    ["error", "error"],
    ["major", "error"],
    ["high", "error"],
    ["P2", "error"],
    ["2", "error"],
    ["warning", "warning"],
    ["warn", "warning"],
    ["minor", "warning"],
    ["medium", "warning"],
    ["p3", "warning"],
    ["info", "info"],
    ["none", "info"],
    ["low", "info"],
    ["P4", "info"],
    ["P5", "info"],
    ["Not classified", "info"],
  ])("understands %j as %s", (word, severity) => {
    expect(mapSeverity(word, DEFAULT_SEVERITY)).toEqual({ severity, warning: null });
  });

  it.each([[undefined], [null], [""], ["  "], ["No severity"], ["unknown"], ["default"]])(
    "takes the fallback silently for %j",
    (word) => {
      expect(mapSeverity(word, "warning")).toEqual({ severity: "warning", warning: null });
    },
  );

  it.each([["banana"], ["критично"], [7], ["constructor"], ["__proto__"], ["1.5"]])(
    "takes the fallback with a warning for %j",
    (word) => {
      expect(mapSeverity(word, "error")).toEqual({
        severity: "error",
        warning: `Severity '${word}' is not known, taken as error`,
      });
    },
  );

  it("always gives a severity", () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...SEVERITIES), (value, fallback) => {
        expect(SEVERITIES).toContain(mapSeverity(value, fallback).severity);
      }),
    );
  });
});
