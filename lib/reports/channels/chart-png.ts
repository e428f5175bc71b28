import { resolve } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { chartSvg } from "#lib/reports/chart-svg";
import type { ReportChart } from "#lib/reports/document";

// The server runs in the project's folder. Fonts of the machine would make pictures differ from one to the next.
const FONT = resolve("node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf");
const SCALE = 2;

/** A chart as a picture for mail programs, which drop SVG; twice as many pixels as it is wide. */
export function chartPng(chart: ReportChart): Buffer {
  const picture = new Resvg(chartSvg(chart), {
    fitTo: { mode: "zoom", value: SCALE },
    font: { fontFiles: [FONT], loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
  });
  return picture.render().asPng();
}
