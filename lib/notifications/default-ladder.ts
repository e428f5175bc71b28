import type { Urgency } from "#lib/incidents/vocabulary";
import type { Channel } from "#lib/notifications/vocabulary";

/** What makes a noise at once, then what rings, then what is read last. Channels that are not named come first. */
const MINUTES: Partial<Record<Channel, number>> = { phone: 1, sms: 3, email: 5 };

/** Channels that are not for what can wait, as long as there is another. */
const INTRUSIVE: readonly Channel[] = ["phone", "sms"];

/**
 * How a person is told who has said nothing about it. High urgency: apps at once, the phone rings after a minute, SMS after three,
 * e-mail after five, all earlier if the first of them is missing, so that something always comes at once. Low urgency: everything at
 * once that does not ring.
 */
export function defaultLadder<Method extends { channel: Channel }>(
  methods: readonly Method[],
  urgency: Urgency,
): { method: Method; delayMinutes: number }[] {
  if (urgency === "low") {
    const quiet = methods.filter(({ channel }) => !INTRUSIVE.includes(channel));
    return (quiet.length > 0 ? quiet : methods).map((method) => ({ method, delayMinutes: 0 }));
  }
  const steps = methods.map((method) => ({ method, delayMinutes: MINUTES[method.channel] ?? 0 }));
  const first = Math.min(...steps.map(({ delayMinutes }) => delayMinutes));
  return steps
    .map(({ method, delayMinutes }) => ({ method, delayMinutes: delayMinutes - first }))
    .toSorted((a, b) => a.delayMinutes - b.delayMinutes);
}
