/** The instants of an incident's life, ISO 8601; null: not reached, or not known. */
export type PhaseInstants = {
  startedAt: string;
  detectedAt: string;
  firstAckAt: string | null;
  mitigatedAt: string | null;
  resolvedAt: string | null;
};

export type PhaseSpan = { label: string; startedAt: string; milliseconds: number | null; running: boolean };

/**
 * The stretches between the instants that were reached, in order: to detect, to acknowledge, to mitigate, to resolve. A stretch that was
 * skipped (resolved without an acknowledgement) joins the next one; the one under way runs until `now`.
 */
export function phaseSpans(instants: PhaseInstants, now: number): PhaseSpan[] {
  const marks = [
    ["To detect", instants.detectedAt],
    ["To acknowledge", instants.firstAckAt],
    ["To mitigate", instants.mitigatedAt],
    ["To resolve", instants.resolvedAt],
  ] as const;
  const over = instants.resolvedAt !== null;
  const spans: PhaseSpan[] = [];
  let from = instants.startedAt;
  let running = false;
  for (const [label, at] of marks) {
    if (at !== null) {
      spans.push({
        label,
        startedAt: from,
        milliseconds: Math.max(0, Date.parse(at) - Date.parse(from)),
        running: false,
      });
      from = at;
    } else if (!over && !running) {
      running = true;
      spans.push({
        label,
        startedAt: from,
        milliseconds: Math.max(0, now - Date.parse(from)),
        running: true,
      });
    } else if (!over) {
      spans.push({ label, startedAt: from, milliseconds: null, running: false });
    }
  }
  return spans;
}
