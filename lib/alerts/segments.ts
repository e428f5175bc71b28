import type { EventAction } from "#lib/events/event";

/**
 * Splits a batch into waves that can each be written in one go. Events of one key keep their order: a wave holds at most one
 * run of equal actions of each key, and runs of one key lie in successive waves. Events of different keys are independent.
 */
export function wavesOf<Event extends { key: string; action: EventAction }>(
  events: readonly Event[],
): Event[][] {
  const waves: Event[][] = [];
  const waveOf = newWaves();
  for (const event of events) {
    const wave = waveOf(event);
    const list = waves[wave];
    if (list) list.push(event);
    else waves[wave] = [event];
  }
  return waves;
}

/**
 * The events that `most` waves hold; a key that goes to and fro more often keeps the rest for another batch, so that it delays no
 * other. `together` names events that must stay in order among each other; from the first that is left, all are left.
 */
export function withinWaves<Event>(
  events: readonly Event[],
  most: number,
  of: (event: Event) => { key: string; action: EventAction; together: string },
): Event[] {
  const waveOf = newWaves();
  const left = new Set<string>();
  return events.filter((event) => {
    const { together, ...step } = of(event);
    if (left.has(together)) return false;
    if (waveOf(step) < most) return true;
    left.add(together);
    return false;
  });
}

/** Numbers the waves: events have to come in order. */
function newWaves() {
  const last = new Map<string, { action: EventAction; wave: number }>();
  return ({ key, action }: { key: string; action: EventAction }): number => {
    const before = last.get(key);
    const wave = before === undefined ? 0 : before.action === action ? before.wave : before.wave + 1;
    last.set(key, { action, wave });
    return wave;
  };
}
