import { describe, expect, test } from "vitest";
import { chartPng } from "#lib/reports/channels/chart-png";
import { chartSvg } from "#lib/reports/chart-svg";
import type { ReportChart, ReportDocument } from "#lib/reports/document";
import { documentHtml, documentText } from "#lib/reports/document-html";

const LINE: ReportChart = {
  kind: "line",
  points: [
    { label: "11-02", value: 40, text: "40 m", incomplete: false },
    { label: "11-09", value: null, text: "–", incomplete: false },
    { label: "11-16", value: 60, text: "60 m", incomplete: true },
  ],
  centre: 50,
  low: 10,
  high: 90,
};
const HOSTILE = `<script>alert("1")</script>&'`;
const BARS: ReportChart = {
  kind: "bars",
  most: 100,
  bars: [{ label: HOSTILE, value: 50, text: "50 %", mark: 90 }],
};

const DOCUMENT: ReportDocument = {
  title: HOSTILE,
  subtitle: HOSTILE,
  findings: [HOSTILE],
  numbers: [{ label: HOSTILE, value: HOSTILE, note: HOSTILE }],
  figures: [{ title: HOSTILE, caption: HOSTILE, chart: BARS, head: [HOSTILE], rows: [[HOSTILE]] }],
  notes: [HOSTILE],
};

describe("a report that is sent", () => {
  test("draws charts as pictures with text in them", () => {
    const png = chartPng(LINE);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(1280);
    // Without a font the letters are missing, and the picture is much smaller.
    const silent = { ...LINE, points: LINE.points.map((point) => ({ ...point, label: "", text: "" })) };
    expect(png.length).toBeGreaterThan(chartPng(silent).length * 1.1);
  });

  test("leaves a gap where nothing was measured", () => {
    expect(chartSvg(LINE).match(/<path d="M[^L"]*M[^L"]*"/)).not.toBeNull();
  });

  test.each([
    ["rises", 40, 60, -10],
    ["falls", 60, 40, 20],
    ["falls to the floor", 60, 0, -10],
  ])("says the newest value where its line is not, which %s", (_, before, last, away) => {
    const point = (value: number) => ({ label: "", value, text: `${value} m`, incomplete: false });
    const svg = chartSvg({ ...LINE, points: [point(before), point(last)] });
    const at = Number(/<circle [^>]*cy="([\d.]+)"[^>]*>(?!<circle)/.exec(svg)?.[1]);
    const y = Number(new RegExp(`y="([\\d.]+)"[^>]*>${last} m<`).exec(svg)?.[1]);
    expect(y - at).toBeCloseTo(away, 1);
  });

  test("sets numbers to the right and words to the left", () => {
    const rows = [
      ["Checkout", "P1", "12", "−3 %", "–"],
      ["Search", "P2", "7", "", "1 h"],
    ];
    const figure = { title: "", caption: "", chart: null, head: ["Service", "", "n", "", ""], rows };
    const html = documentHtml({ ...DOCUMENT, figures: [figure] }, { pictureOf: null, footer: [] });
    const sides = [...html.matchAll(/<td [^>]*text-align:(\w+)/g)].map(([, side]) => side);
    expect(sides.slice(-5)).toEqual(["left", "left", "right", "right", "right"]);
  });

  test("runs nothing that a name contains", () => {
    for (const pictureOf of [null, () => HOSTILE]) {
      const html = documentHtml(DOCUMENT, { pictureOf, footer: [{ label: HOSTILE, href: HOSTILE }] });
      expect(html).not.toContain("<script");
      expect(html).not.toMatch(/="[^"]*"1/);
    }
    expect(documentText(DOCUMENT, [])).toContain("alert");
  });
});
