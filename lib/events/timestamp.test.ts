import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTimestamp } from "#lib/events/timestamp";

describe("parseTimestamp", () => {
  it.each([
    ["2015-07-17T08:42:58.315+0000", "2015-07-17T08:42:58.315Z"],
    ["2015-07-17T08:42:58.315Z", "2015-07-17T08:42:58.315Z"],
    ["2015-07-17t08:42:58z", "2015-07-17T08:42:58.000Z"],
    ["2015-07-17T08:42Z", "2015-07-17T08:42:00.000Z"],
    ["2015-07-17T08:42:58", "2015-07-17T08:42:58.000Z"],
    ["2015-07-17", "2015-07-17T00:00:00.000Z"],
    ["2018-08-03T09:52:26.739266876+02:00", "2018-08-03T07:52:26.739Z"],
    ["2026-01-01T00:30:00+05:30", "2025-12-31T19:00:00.000Z"],
    ["2026-03-08T02:30:00-05", "2026-03-08T07:30:00.000Z"],
    ["2026-03-08 02:30:00.5 +0000 UTC", "2026-03-08T02:30:00.500Z"],
    ["2026-03-08 02:30:00 UTC", "2026-03-08T02:30:00.000Z"],
    ["2026-03-08T02:30:00,25Z", "2026-03-08T02:30:00.250Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["  2026-03-08T02:30:00Z ", "2026-03-08T02:30:00.000Z"],
    [1_700_000_000, "2023-11-14T22:13:20.000Z"],
    [1_700_000_000.5, "2023-11-14T22:13:20.500Z"],
    [1_700_000_000_123, "2023-11-14T22:13:20.123Z"],
    [1_700_000_000_123_456, "2023-11-14T22:13:20.123Z"],
    ["1700000000", "2023-11-14T22:13:20.000Z"],
    ["1700000000123456789", "2023-11-14T22:13:20.123Z"],
  ])("reads %j", (value, at) => {
    expect(parseTimestamp(value)).toEqual({ kind: "instant", at });
  });

  it.each([
    [undefined],
    [null],
    [""],
    ["  "],
    [0],
    ["0"],
    ["0001-01-01T00:00:00Z"],
    ["0000-12-31T19:03:58-04:56"],
    ["0001-01-01T00:00:00.000Z"],
  ])("takes %j as not set", (value) => {
    expect(parseTimestamp(value)).toEqual({ kind: "absent" });
  });

  it.each([
    ["yesterday"],
    ["2026-02-30T00:00:00Z"],
    ["2026-13-01T00:00:00Z"],
    ["2026-01-01T24:00:00Z"],
    ["2026-01-01T10:61:00Z"],
    ["17/07/2015 08:42"],
    ["1969-12-31T23:59:59Z"],
    [5],
    [-1_700_000_000],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [true],
    [{}],
    [["2026-01-01"]],
    ["2".repeat(100_000)],
  ])("can't read %j", (value) => {
    expect(parseTimestamp(value)).toEqual({ kind: "unparsable" });
  });

  const instants = fc.date({
    min: new Date("1970-01-02T00:00:00Z"),
    max: new Date("9998-12-31T00:00:00Z"),
    noInvalidDate: true,
  });

  it("reads what it wrote", () => {
    fc.assert(
      fc.property(instants, (date) => {
        expect(parseTimestamp(date.toISOString())).toEqual({ kind: "instant", at: date.toISOString() });
      }),
    );
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(["instant", "absent", "unparsable"]).toContain(parseTimestamp(value).kind);
      }),
    );
  });
});
