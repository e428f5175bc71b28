type Label = {
  key: string;
  text: string;
  /** Share of the width. */
  at: number;
  /** Pixels. */
  top: number;
  /** It stands to the left of its mark. */
  before: boolean;
};

const LINE = 13;
/** Of the width, for one character: a little too much in a wide plot, so that nothing touches. */
const CHARACTER = 0.0065;

/** Keys of the labels that can be written without touching one that comes before them in the list. */
export function placeLabels(labels: readonly Label[]): Set<string> {
  const placed: { key: string; from: number; to: number; top: number }[] = [];
  for (const { key, text, at, top, before } of labels) {
    const width = text.length * CHARACTER;
    const [from, to] = before ? [at - width, at] : [at, at + width];
    const touches = placed.some(
      (other) => Math.abs(other.top - top) < LINE && other.from < to && from < other.to,
    );
    if (!touches) placed.push({ key, from, to, top });
  }
  return new Set(placed.map(({ key }) => key));
}
