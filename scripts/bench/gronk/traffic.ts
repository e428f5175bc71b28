import { pick, randomFrom } from "#lib/statistics/random";
import type { Random } from "#lib/statistics/random";

export type TrafficEvent = { key: string; action: "trigger" | "resolve"; dedupKey: string };

/** Shares of all events: new problems and ends of old ones; the rest says again what is known. */
const NEW = 0.02;
const ENDS = 0.015;

/**
 * What monitors say on a game day: mostly again what they said before, now and then a new problem, now and then the end of one. Equal
 * seeds say the same. `prefix` begins every dedup key.
 */
export function newTraffic(keys: readonly string[], prefix: string, seed: number): () => TrafficEvent {
  const random: Random = randomFrom(seed);
  const open: { key: string; dedupKey: string }[] = [];
  let number = 0;
  return () => {
    const chance = random();
    if (open.length === 0 || chance < NEW) {
      number += 1;
      const problem = { key: pick(random, keys), dedupKey: `${prefix}-${number}` };
      open.push(problem);
      return { ...problem, action: "trigger" };
    }
    const index = Math.floor(random() * open.length);
    const problem = open[index] ?? pick(random, open);
    if (chance > NEW + ENDS) return { ...problem, action: "trigger" };
    open.splice(index, 1);
    return { ...problem, action: "resolve" };
  };
}

/** A monitor that has run wild: one problem, as fast as it can be said. */
export function newRunaway(key: string, prefix: string): () => TrafficEvent {
  return () => ({ key, dedupKey: `${prefix}-runaway`, action: "trigger" });
}

/** The body of `POST /v2/enqueue`, about as long as Alertmanager's. */
export function eventBody({ key, action, dedupKey }: TrafficEvent): string {
  return JSON.stringify({
    routing_key: key,
    event_action: action,
    dedup_key: dedupKey,
    client: "Alertmanager",
    client_url: "https://alertmanager.example.com",
    payload: {
      summary: `[FIRING:1] HighErrorRate ${dedupKey} (production critical)`,
      source: "Alertmanager",
      severity: "critical",
      class: "HighErrorRate",
      component: "checkout",
      group: "production",
      custom_details: {
        firing:
          "Labels:\n - alertname = HighErrorRate\n - service = checkout\nAnnotations:\n - summary = 5xx above 2 %",
        num_firing: "1",
        num_resolved: "0",
        resolved: "",
      },
    },
  });
}
