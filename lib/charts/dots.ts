export interface PlacedDot {
  index: number;
  /** Share of the width, 0 to 1. */
  x: number;
  /** Steps away from the middle line: 0, 1, -1, 2, -2, … */
  lane: number;
}

/**
 * Puts each dot into the lane nearest the middle in which it touches none placed before it.
 * `size` is a dot's diameter as a share of the width; beyond `maxLanes` on a side dots overlap in the outermost lane.
 */
export function placeDots(positions: readonly number[], size: number, maxLanes: number): PlacedDot[] {
  const order = positions
    .map((x, index) => ({ x, index }))
    .toSorted((a, b) => a.x - b.x || a.index - b.index);
  const lanes = [0];
  for (let distance = 1; distance <= maxLanes; distance += 1) lanes.push(distance, -distance);
  const lastInLane = new Map<number, number>();
  return order.map(({ x, index }) => {
    const free = lanes.find((lane) => x - (lastInLane.get(lane) ?? Number.NEGATIVE_INFINITY) >= size);
    const lane = free ?? (index % 2 === 0 ? maxLanes : -maxLanes);
    lastInLane.set(lane, x);
    return { index, x, lane };
  });
}
