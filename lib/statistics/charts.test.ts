import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countChart } from "#lib/statistics/count-chart";
import { cusum, ewma } from "#lib/statistics/drift";
import { normal, randomFrom } from "#lib/statistics/random";
import { opportunitiesBetween, timeBetween } from "#lib/statistics/rare-event-chart";
import { shareChart } from "#lib/statistics/share-chart";
import { processBehaviour } from "#lib/statistics/process-behaviour";

// The examples named Montgomery are of D. C. Montgomery, Introduction to Statistical Quality Control.

describe("countChart", () => {
  // Montgomery's example 7.3: nonconformities in 26 samples of 100 printed circuit boards.
  const boards = [
    21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15,
  ];

  test("agrees with the c chart of printed circuit boards", () => {
    const chart = countChart(boards.map((count) => ({ count, exposure: 1 })));
    expect(chart?.centre).toBeCloseTo(19.85, 2);
    expect(chart?.points[0]?.upper).toBeCloseTo(33.21, 2);
    expect(chart?.points[0]?.lower).toBeCloseTo(6.48, 2);
    expect(chart?.signals).toEqual([
      { index: 5, kind: "outside", side: "below" },
      { index: 19, kind: "outside", side: "above" },
    ]);
  });

  test("agrees with the u chart of shipments: 74 errors in 20 weeks of 50 units", () => {
    const weeks = Array.from({ length: 20 }, (_, index) => ({ count: index < 14 ? 4 : 3, exposure: 50 }));
    const chart = countChart(weeks);
    expect(chart?.centre).toBeCloseTo(0.074, 10);
    expect(chart?.points[0]).toMatchObject({ lower: 0 });
    expect(chart?.points[0]?.upper).toBeCloseTo(0.1894, 4);
  });

  test("a longer exposure has narrower limits; one without any takes no part", () => {
    const chart = countChart([
      { count: 4, exposure: 1 },
      { count: 9, exposure: 0 },
      { count: 16, exposure: 4 },
    ]);
    expect(chart?.points.map(({ index, upper }) => [index, upper])).toEqual([
      [0, 10],
      [2, 7],
    ]);
    expect(countChart([])).toBeNull();
  });
});

describe("shareChart", () => {
  test("is the p chart, widened by the spread of the standardised shares", () => {
    // Shares 0.4 and 0.6 by turns of 100: z is -2 and 2, the moving range 4, the spread 4 / 1.128, and the limits reach beyond 0 and 1.
    const chart = shareChart(
      Array.from({ length: 10 }, (_, index) => ({ hits: index % 2 === 0 ? 40 : 60, n: 100 })),
    );
    expect(chart?.centre).toBeCloseTo(0.5, 12);
    expect(chart?.spread).toBeCloseTo(4 / 1.128, 9);
    expect(chart?.points[0]).toMatchObject({ lower: 0, upper: 1 });
    expect(chart?.signals).toEqual([]);
  });

  test("coins have a spread near one", () => {
    const random = randomFrom(11);
    const months = Array.from({ length: 300 }, () => {
      const n = 40 + Math.floor(random() * 60);
      return { n, hits: Array.from({ length: n }, () => random() < 0.9).filter(Boolean).length };
    });
    const chart = shareChart(months);
    expect(Math.abs((chart?.spread ?? 0) - 1)).toBeLessThan(0.1);
    expect(chart?.signals.filter(({ kind }) => kind === "outside").length).toBeLessThan(6);
  });

  test("of nothing, or of all or none, says nothing", () => {
    expect(shareChart([])).toBeNull();
    expect(
      shareChart([
        { hits: 5, n: 5 },
        { hits: 9, n: 9 },
      ]),
    ).toBeNull();
    expect(shareChart([{ hits: 1, n: 5 }])).toBeNull();
  });
});

describe("rare events", () => {
  // Montgomery's example 7.6: hours between failures of a valve.
  const failures = [
    286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96,
  ];

  test("agrees with the chart of time between failures: centre 5.39 on its scale, nothing outside", () => {
    const chart = timeBetween(failures);
    expect((chart?.centre ?? 0) ** (1 / 3.6)).toBeCloseTo(5.387, 2);
    expect(chart).toMatchObject({ lower: 0, outside: [] });
    expect(timeBetween([...failures, 40_000])?.outside).toEqual([20]);
  });

  test("opportunities between events: mean and three geometric deviations", () => {
    const chart = opportunitiesBetween([8, 8, 8, 8, 8, 8, 8, 8]);
    expect(chart).toEqual({ centre: 8, lower: 0, upper: 8 + 3 * Math.sqrt(72), outside: [] });
    expect(opportunitiesBetween([2, 3, 1, 2, 3, 1, 2, 6])?.outside).toEqual([]);
    expect(opportunitiesBetween([...Array.from({ length: 20 }, () => 2), 60])?.outside).toEqual([20]);
    expect([opportunitiesBetween([1, 2, 3]), timeBetween([1, 2, 3])]).toEqual([null, null]);
  });
});

describe("drift", () => {
  // Montgomery's table 9.1: mean 10 and deviation 1, then a shift of one deviation from the 21st value on.
  const shifted = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37,
    10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
  ];

  test("agrees with the cumulative sums of the textbook, which signal at the 29th value", () => {
    const points = cusum(shifted, { mean: 10, deviation: 1 });
    expect(points.findIndex(({ signal }) => signal !== null)).toBe(28);
    expect(points[28]?.above).toBeCloseTo(5.28, 2);
    expect(points[28]?.signal).toBe("above");
    expect(points[1]?.below).toBeCloseTo(1.56, 2);
  });

  test("agrees with the moving averages of the textbook, weight 0.1 and reach 2.7", () => {
    const points = ewma(shifted, { mean: 10, deviation: 1, weight: 0.1, reach: 2.7 });
    expect(points[0]?.value).toBeCloseTo(9.945, 4);
    expect(points[4]?.value).toBeCloseTo(10.1253, 4);
    expect(points[28]?.value).toBeCloseTo(10.6468, 4);
    expect([points[0]?.lower, points[0]?.upper].map((limit) => limit?.toFixed(2))).toEqual(["9.73", "10.27"]);
    expect(points[29]?.upper).toBeCloseTo(10.62, 2);
    expect(points.findIndex(({ signal }) => signal)).toBe(28);
  });

  test("false alarms are as far apart as published: about 500 values, and 465", () => {
    const random = randomFrom(20_261_130);
    const runs = 400;
    const lengths = { ewma: 0, cusum: 0 };
    for (let run = 0; run < runs; run += 1) {
      const values = Array.from({ length: 6000 }, () => normal(random));
      const first = (found: number) => (found === -1 ? values.length : found + 1);
      lengths.ewma += first(ewma(values, { mean: 0, deviation: 1 }).findIndex(({ signal }) => signal));
      lengths.cusum += first(
        cusum(values, { mean: 0, deviation: 1 }).findIndex(({ signal }) => signal !== null),
      );
    }
    expect(Math.abs(lengths.ewma / runs - 500)).toBeLessThan(75);
    expect(Math.abs(lengths.cusum / runs - 465)).toBeLessThan(75);
  });

  test("a lasting shift is found, in its direction, whatever the scale", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1000, max: 1000, noNaN: true }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (mean, deviation) => {
          const moved = Array.from({ length: 30 }, () => mean - 2 * deviation);
          expect(cusum(moved, { mean, deviation }).at(-1)?.signal).toBe("below");
          expect(ewma(moved, { mean, deviation }).at(-1)?.signal).toBe(true);
        },
      ),
    );
  });
});

describe("processBehaviour of counts", () => {
  test("takes zeros, and its limits are never below zero", () => {
    const { limits, signals } = processBehaviour([0, 1, 0, 2, 1, 0, 1, 0, 2, 1, 0, 1, 30], "root");
    expect(limits?.lower).toBe(0);
    expect(signals).toEqual([{ index: 12, kind: "outside", side: "above" }]);
  });
});
