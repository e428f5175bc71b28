/** Maps a value to a share of the width or height, 0 to 1. Values outside the domain are held at its ends. */
export type Scale = (value: number) => number;

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

export function linearScale(from: number, to: number): Scale {
  if (from === to) return () => 0.5;
  return (value) => clamp((value - from) / (to - from));
}

/** Logarithmic; both ends must be above zero, and values at or below zero sit at the low end. */
export function logScale(from: number, to: number): Scale {
  if (from <= 0 || to <= 0) throw new RangeError("A log scale needs ends above zero");
  const low = Math.log(from);
  const linear = linearScale(low, Math.log(to));
  return (value) => linear(value <= 0 ? low : Math.log(value));
}

/** At most `most` round numbers from 0 to at least `max`, in steps of 1, 2 or 5 times a power of ten. */
export function roundTicks(max: number, most = 5): number[] {
  if (max <= 0) return [0, 1];
  const rough = max / (most - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough - power * 1e-9) ?? 10) * power;
  const ticks: number[] = [];
  for (let index = 0; index * step < max + step - step * 1e-9; index += 1) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Human marks of a duration axis, in milliseconds. */
const durationMarks: readonly { value: number; label: string }[] = [
  { value: 10 * second, label: "10 s" },
  { value: minute, label: "1 m" },
  { value: 5 * minute, label: "5 m" },
  { value: 15 * minute, label: "15 m" },
  { value: hour, label: "1 h" },
  { value: 4 * hour, label: "4 h" },
  { value: day, label: "1 d" },
  { value: 7 * day, label: "1 w" },
  { value: 30 * day, label: "30 d" },
];

export interface DurationAxis {
  scale: Scale;
  ticks: { value: number; label: string; at: number }[];
}

/** A log axis for durations in milliseconds that holds all values between two human marks. */
export function durationAxis(values: readonly number[]): DurationAxis {
  const positive = values.filter((value) => value > 0);
  const low = positive.length === 0 ? minute : Math.min(...positive);
  const high = positive.length === 0 ? hour : Math.max(...positive);
  const first = Math.max(
    0,
    durationMarks.findLastIndex((mark) => mark.value <= low),
  );
  const above = durationMarks.findIndex((mark) => mark.value >= high);
  const last = Math.max(first + 1, above === -1 ? durationMarks.length - 1 : above);
  const marks = durationMarks.slice(first, last + 1);
  const from = Math.min(marks[0]?.value ?? minute, low);
  const to = Math.max(marks.at(-1)?.value ?? hour, high);
  const scale = logScale(from, to);
  return { scale, ticks: marks.map((mark) => ({ ...mark, at: scale(mark.value) })) };
}
