import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTimeFormat, readerOf } from "#lib/imports/time-format";

const read = (format: string, text: string, zone = "Etc/UTC") =>
  readerOf(format, zone)(text)?.toISOString() ?? null;

describe("readerOf", () => {
  test.each([
    ["d/M/yyyy HH:mm", "29/2/2016 01:16", "2016-02-29T01:16:00.000Z"],
    ["MM/dd/yyyy hh:mm:ss a", "02/29/2016 12:05:09 am", "2016-02-29T00:05:09.000Z"],
    ["MM/dd/yyyy h:mm a", "02/29/2016 12:05 PM", "2016-02-29T12:05:00.000Z"],
    ["yyyy-MM-dd HH:mm:ss.SSS", "2024-07-01 23:59:58.125", "2024-07-01T23:59:58.125Z"],
    ["dd.MM.yyyy", "01.07.2024", "2024-07-01T00:00:00.000Z"],
    ["iso", "2024-07-01T10:00:00+02:00", "2024-07-01T08:00:00.000Z"],
    ["iso", "2024-07-01 10:00:00.123456Z", "2024-07-01T10:00:00.123Z"],
    ["unix", "1719828000", "2024-07-01T10:00:00.000Z"],
    ["unix-ms", "1719828000000", "2024-07-01T10:00:00.000Z"],
  ])("%s reads %s", (format, text, at) => expect(read(format, text)).toBe(at));

  test("times without an offset are wall-clock times of the zone, on both sides of a clock change", () => {
    expect(read("iso", "2024-07-01T10:00", "America/New_York")).toBe("2024-07-01T14:00:00.000Z");
    expect(read("iso", "2024-12-01T10:00", "America/New_York")).toBe("2024-12-01T15:00:00.000Z");
    expect(read("d/M/yyyy HH:mm", "3/11/2024 01:30", "America/New_York")).toBe("2024-11-03T05:30:00.000Z");
    expect(read("d/M/yyyy HH:mm", "10/3/2024 02:30", "America/New_York")).toBe("2024-03-10T07:30:00.000Z");
  });

  test.each([
    ["d/M/yyyy HH:mm", "30/2/2016 01:16"],
    ["d/M/yyyy HH:mm", "29/13/2016 01:16"],
    ["d/M/yyyy HH:mm", "29/2/2016 24:16"],
    ["d/M/yyyy HH:mm", "2016-02-29 01:16"],
    ["MM/dd/yyyy hh:mm a", "02/29/2016 13:05 pm"],
    ["iso", "yesterday"],
    ["unix", "12:00"],
  ])("%s refuses %s", (format, text) => expect(read(format, text)).toBeNull());

  test("what a format writes it reads", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }),
        (at) => {
          const text = at.toISOString().slice(0, 19).replace("T", " ");
          expect(readerOf("yyyy-MM-dd HH:mm:ss", "Etc/UTC")(text)?.getTime()).toBe(
            Math.floor(at.getTime() / 1000) * 1000,
          );
        },
      ),
    );
  });

  test("a format names a day, and each part once", () => {
    expect(["iso", "d/M/yyyy", "yyyy-MM-dd HH:mm"].map(isTimeFormat)).toEqual([true, true, true]);
    expect(["HH:mm", "yyyy-MM", "d/d/yyyy MM", "ISO"].map(isTimeFormat)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
