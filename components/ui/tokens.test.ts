import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = readonly [number, number, number];
const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const declarations = new Map(
  [...css.matchAll(/^ {2}--([a-z0-9-]+): ([^;]+);/gmu)].map((match) => [match[1]!, match[2]!.trim()]),
);

function token(name: string, theme: Theme): string {
  const value = declarations.get(name);
  if (value === undefined) throw new Error(`No token --${name}`);
  const pair = /^light-dark\((.+), (.+)\)$/u.exec(value);
  const chosen = pair === null ? value : pair[theme === "light" ? 1 : 2]!;
  const reference = /^var\(--([a-z0-9-]+)\)$/u.exec(chosen);
  return reference === null ? chosen : token(reference[1]!, theme);
}

function linearRgb(hex: string): Rgb {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return [r!, g!, b!];
}

/** WCAG 2 relative luminance and contrast. */
function luminance(hex: string): number {
  const [r, g, b] = linearRgb(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

function worst(name: string, grounds: readonly string[], theme: Theme): number {
  return Math.min(...grounds.map((ground) => contrast(token(name, theme), token(ground, theme))));
}

const surfaces = ["canvas", "surface", "sunken", "raised", "overlay"];
const hues = ["red", "orange", "amber", "green", "blue", "violet", "slate"];
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe.each(themes)("%s theme", (theme) => {
  it.each(["text", "text-2", "text-3", "accent", ...hues.map((hue) => `status-${hue}-fg`)])(
    "%s is readable on every surface",
    (name) => {
      expect(worst(name, surfaces, theme)).toBeGreaterThanOrEqual(4.5);
    },
  );
  it.each(hues)("%s is readable on its own tint, and so is text", (hue) => {
    for (const name of [`status-${hue}-fg`, "text", "text-2"]) {
      expect(worst(name, [`status-${hue}-tint`], theme)).toBeGreaterThanOrEqual(4.5);
    }
  });
  it.each(hues.filter((hue) => hue !== "violet"))("%s solid carries its text", (hue) => {
    expect(
      contrast(token(`status-${hue}-solid`, theme), token(`status-${hue}-on`, theme)),
    ).toBeGreaterThanOrEqual(4.5);
  });
  it("keeps inputs and focus visible", () => {
    expect(worst("border-strong", ["canvas", "surface", "overlay"], theme)).toBeGreaterThanOrEqual(3);
    expect(worst("focus", surfaces, theme)).toBeGreaterThanOrEqual(3);
  });
  it("keeps text readable on selected rows and on ink", () => {
    for (const name of ["text", "text-2", "text-3", "accent", ...hues.map((hue) => `status-${hue}-fg`)]) {
      expect(worst(name, ["selected"], theme)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(token("on-ink", theme), token("ink", theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token("on-ink", theme), token("ink-hover", theme))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(range(1, 5))("severity %i is a visible mark with readable text", (level) => {
    expect(worst(`severity-${level}`, ["canvas", "surface"], theme)).toBeGreaterThanOrEqual(3);
    const ground = level <= 3 ? `severity-${level}` : "surface";
    expect(contrast(token(`on-severity-${level}`, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(range(0, 5))("heat step %i carries its value", (step) => {
    expect(
      contrast(token(`sequential-${step}`, theme), token(`on-sequential-${step}`, theme)),
    ).toBeGreaterThanOrEqual(4.5);
  });
  it.each(range(1, 10))("person %i is readable and its bar visible", (slot) => {
    const ground = token(`person-${slot}-bg`, theme);
    expect(contrast(token(`person-${slot}-text`, theme), ground)).toBeGreaterThanOrEqual(7);
    expect(contrast(token(`person-${slot}-bar`, theme), token("surface", theme))).toBeGreaterThanOrEqual(3);
  });
  it.each([...range(1, 6).map((slot) => `chart-${slot}`), "chart-other"])(
    "%s stands out from the surface",
    (name) => {
      expect(worst(name, ["surface", "canvas"], theme)).toBeGreaterThanOrEqual(3);
    },
  );
});

/** Machado, Oliveira, Fernandes 2009: full dichromacy, linear RGB. */
const visions: Record<string, readonly [Rgb, Rgb, Rgb]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function dot(row: Rgb, colour: Rgb): number {
  return row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2];
}

/** Björn Ottosson's OKLab of a linear RGB colour. */
function oklab(colour: Rgb): Rgb {
  const cone = (row: Rgb) => Math.cbrt(Math.max(0, dot(row, colour)));
  const lms: Rgb = [
    cone([0.4122214708, 0.5363325363, 0.0514459929]),
    cone([0.2119034982, 0.6806995451, 0.1073969566]),
    cone([0.0883024619, 0.2817188376, 0.6299787005]),
  ];
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], lms),
    dot([1.9779984951, -2.428592205, 0.4505937099], lms),
    dot([0.0259040371, 0.7827717662, -0.808675766], lms),
  ];
}

function distance(one: string, other: string, vision: readonly [Rgb, Rgb, Rgb]): number {
  const seen = [one, other].map((hex) => {
    const colour = linearRgb(hex);
    return oklab([dot(vision[0], colour), dot(vision[1], colour), dot(vision[2], colour)]);
  });
  return 100 * Math.hypot(...[0, 1, 2].map((axis) => seen[0]![axis]! - seen[1]![axis]!));
}

describe.each(themes)("categorical palette, %s", (theme) => {
  it.each(Object.keys(visions))("stays apart in %s vision", (name) => {
    const colours = range(1, 6).map((slot) => token(`chart-${slot}`, theme));
    const pairs = colours.flatMap((one, index) =>
      colours.slice(index + 1).map((other) => [one, other] as const),
    );
    expect(
      Math.min(...pairs.map(([one, other]) => distance(one, other, visions[name]!))),
    ).toBeGreaterThanOrEqual(8);
  });
});
