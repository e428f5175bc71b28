import { describe, expect, it } from "vitest";
import { wireInstant } from "#lib/http/wire/instant";
import { readInstant } from "#lib/http/wire/read-instant";
import { readTimeZone } from "#lib/http/wire/time-zone";
import { RAILS_TIME_ZONES } from "#lib/http/wire/rails-time-zones";

describe("wireInstant", () => {
  it.each([
    ["2026-01-01T00:00:00.999Z", null, "2026-01-01T00:00:00Z"],
    ["2026-03-29T00:59:59Z", "Europe/Berlin", "2026-03-29T01:59:59+01:00"],
    ["2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29T03:00:00+02:00"],
    ["2026-01-01T00:00:00Z", "America/St_Johns", "2025-12-31T20:30:00-03:30"],
    ["2026-01-01T00:00:00Z", "Europe/London", "2026-01-01T00:00:00Z"],
  ])("writes %s in %s as %s", (at, zone, text) => {
    expect(wireInstant(at, zone)).toBe(text);
    expect(new Date(text).getTime()).toBe(Math.floor(Date.parse(at) / 1000) * 1000);
  });
});

describe("readInstant", () => {
  it.each([
    ["2015-07-17T08:42:58.315+0000", "2015-07-17T08:42:58.315Z"],
    ["2015-07-17T08:42:58Z", "2015-07-17T08:42:58.000Z"],
    ["2015-07-17T10:42:58+02:00", "2015-07-17T08:42:58.000Z"],
    ["2015-07-17T10:42:58 02:00", "2015-07-17T08:42:58.000Z"],
    ["2015-07-17T08:42", "2015-07-17T08:42:00.000Z"],
    ["2015-07-17", "2015-07-17T00:00:00.000Z"],
    ["2026-01-01 00:00:00 +0000 UTC", "2026-01-01T00:00:00.000Z"],
    ["2026-01-01 01:00:00.5 +0100 CET", "2026-01-01T00:00:00.500Z"],
    ["2026-02-30", null],
    ["2026-02-30T10:00:00Z", null],
    ["yesterday", null],
    ["", null],
    ["2026-13-01T00:00:00Z", null],
    ["2026-01-01T25:00:00Z", null],
    ["1767225600", null],
  ])("reads %j as %j", (text, iso) => {
    expect(readInstant(text)?.toISOString() ?? null).toBe(iso);
  });
});

describe("readTimeZone", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["Eastern Time (US & Canada)", "America/New_York"],
    ["eastern time (us & canada)", "America/New_York"],
    ["London", "Europe/London"],
    ["Mars/Olympus", null],
    ["", null],
  ])("reads %j as %j", (name, zone) => {
    expect(readTimeZone(name)).toBe(zone);
  });

  it("knows every Rails zone's IANA zone", () => {
    const unknown = Object.values(RAILS_TIME_ZONES).filter((zone) => {
      try {
        return !new Intl.DateTimeFormat("en", { timeZone: zone }).format(0);
      } catch {
        return true;
      }
    });
    expect(unknown).toEqual([]);
  });
});
