import type { EventAction } from "#lib/events/event";

/**
 * Splits a batch into waves that can each be written in one go. Events of one key keep their order: a wave holds at most one
 * run of equal actions of each key, and runs of one key lie in successive waves. Events of different keys are independent.
 */
export function wavesOf<Event extends { key: string; action: EventAction }>(
  events: readonly Event[],
): Event[][] {
  const waves: Event[][] = [];
  const last = new Map<string, { action: EventAction; wave: number }>();
  for (const event of events) {
    const before = last.get(event.key);
    const wave = before === undefined ? 0 : before.action === event.action ? before.wave : before.wave + 1;
    last.set(event.key, { action: event.action, wave });
    const list = waves[wave];
    if (list) list.push(event);
    else waves[wave] = [event];
  }
  return waves;
}
