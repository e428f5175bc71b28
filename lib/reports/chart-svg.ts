import type { ReportChart } from "#lib/reports/document";

const WIDTH = 640;
const INK = "#1f2933";
const GREY = "#6b7785";
const FAINT = "#d5dbe1";
const DATA = "#2457a6";

/** The chart as an SVG document, readable without colour; on a phone it is to be scrolled, not shrunk until its words can't be read. Texts are escaped. */
export function chartSvg(chart: ReportChart): string {
  return chart.kind === "line" ? lineSvg(chart) : barsSvg(chart);
}

function lineSvg({ points, centre, low, high }: Extract<ReportChart, { kind: "line" }>): string {
  const [height, left, right, top, bottom] = [240, 16, 110, 16, 34];
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const most = Math.max(1, ...values, high ?? 0) * 1.08;
  const x = (index: number) => left + ((WIDTH - left - right) * (index + 0.5)) / Math.max(1, points.length);
  const y = (value: number) => top + (height - top - bottom) * (1 - value / most);
  const rule = (value: number | null, label: string, dash: string) =>
    value === null
      ? ""
      : `<line x1="${left}" x2="${WIDTH - right}" y1="${round(y(value))}" y2="${round(y(value))}" stroke="${GREY}" stroke-dasharray="${dash}"/>${text(WIDTH - right + 6, y(value) + 4, label, GREY)}`;
  const path = linePath(points.map(({ value }, index) => (value === null ? null : [x(index), y(value)])));
  const dots = points.map(({ value, incomplete }, index) =>
    value === null
      ? ""
      : `<circle cx="${round(x(index))}" cy="${round(y(value))}" r="3.5" fill="${incomplete ? "#fff" : DATA}" stroke="${DATA}"/>`,
  );
  const every = Math.ceil(points.length / 6);
  const labels = points.map(({ label }, index) =>
    index % every === 0 ? text(x(index), height - 12, label, GREY, "middle") : "",
  );
  return svg(height, [
    `<line x1="${left}" x2="${WIDTH - right}" y1="${height - bottom}" y2="${height - bottom}" stroke="${FAINT}"/>`,
    rule(high, "upper limit", "2 4"),
    rule(centre, "usual", "6 4"),
    rule(low !== null && low > 0 ? low : null, "lower limit", "2 4"),
    `<path d="${path}" fill="none" stroke="${DATA}" stroke-width="2"/>`,
    ...dots,
    lastText(points, x, y, height - bottom),
    ...labels,
  ]);
}

/** What the newest point says, on the side that its line doesn't come from, with a halo where it does after all. */
function lastText(
  points: Extract<ReportChart, { kind: "line" }>["points"],
  x: (index: number) => number,
  y: (value: number) => number,
  floor: number,
): string {
  const index = points.findLastIndex(({ value }) => value !== null);
  const value = points[index]?.value ?? null;
  if (value === null) return "";
  const before = points[index - 1]?.value ?? null;
  const isFalling = before !== null && before > value;
  const below = y(value) + 20;
  const at = isFalling && below < floor ? below : y(value) - 10;
  const halo = 'stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"';
  return text(x(index), at, points[index]?.text ?? "", INK, "middle", halo);
}

function barsSvg({ bars, most }: Extract<ReportChart, { kind: "bars" }>): string {
  const [row, left, right] = [26, 190, 90];
  const x = (value: number) => left + ((WIDTH - left - right) * Math.min(value, most)) / Math.max(most, 1e-9);
  return svg(
    bars.length * row + 12,
    bars.flatMap(({ label, value, text: says, mark }, index) => {
      const y = 6 + index * row;
      return [
        text(left - 8, y + 16, shorten(label, 28), INK, "end"),
        `<rect x="${left}" y="${y + 4}" width="${round(Math.max(1, x(value) - left))}" height="${row - 10}" fill="${DATA}"/>`,
        mark === null
          ? ""
          : `<line x1="${round(x(mark))}" x2="${round(x(mark))}" y1="${y + 1}" y2="${y + row - 3}" stroke="${INK}" stroke-width="2"/>`,
        text(Math.max(x(value), x(mark ?? 0)) + 8, y + 16, says, INK),
      ];
    }),
  );
}

/** Broken where nothing was measured. */
function linePath(points: readonly (number[] | null)[]): string {
  return points
    .map((point, index) => {
      if (!point) return "";
      const [x = 0, y = 0] = point;
      return `${index > 0 && points[index - 1] ? "L" : "M"}${round(x)} ${round(y)}`;
    })
    .join("");
}

function svg(height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" style="max-width:100%;min-width:520px;height:auto"><rect width="${WIDTH}" height="${height}" fill="#fff"/>${parts.join("")}</svg>`;
}

function text(x: number, y: number, says: string, fill: string, anchor = "start", more = ""): string {
  return `<text x="${round(x)}" y="${round(y)}" fill="${fill}" ${more} font-family="DejaVu Sans, sans-serif" font-size="12" text-anchor="${anchor}">${escapeXml(says)}</text>`;
}

function shorten(says: string, most: number): string {
  return says.length <= most ? says : `${says.slice(0, most - 1)}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** For text and attributes of HTML and SVG alike. */
export function escapeXml(says: string): string {
  return says
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
