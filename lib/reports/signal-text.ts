import type { Signal } from "#lib/statistics/control-chart";

/** Signals one after the other are one change: only the first is numbered. */
export function numberSignals(signals: readonly Signal[]): Map<number, number> {
  const numbered = new Map<number, number>();
  for (const [position, signal] of signals.entries()) {
    const before = signals[position - 1];
    const goesOn = before !== undefined && before.side === signal.side;
    if (!goesOn) numbered.set(signal.index, numbered.size + 1);
  }
  return numbered;
}

/** What a table says of a period: its signal in words, or a dash. */
export function signalText(signals: readonly Signal[], index: number): string {
  const signal = signals.find((entry) => entry.index === index);
  if (!signal) return "–";
  return signal.kind === "outside" ? `${signal.side} the limits` : `eight in a row ${signal.side} the centre`;
}
