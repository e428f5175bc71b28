import autocannon from "autocannon";
import type { TrafficEvent } from "#scripts/bench/gronk/traffic";
import { eventBody } from "#scripts/bench/gronk/traffic";

export type Sent = {
  accepted: number;
  /** Requests that were still under way at the end; what became of them is not known. */
  unanswered: number;
  /** Answers other than success, by status; `none`: there was no answer. */
  refused: Record<string, number>;
  /** Milliseconds from when a request was due to its answer. */
  p50: number;
  p99: number;
  seconds: number;
};

const CONNECTIONS = 64;

/** Sends at a fixed rate, whatever the answers take: a request that has to wait for its turn counts as late. */
export async function sendAtRate(options: {
  url: string;
  next: () => TrafficEvent;
  perSecond: number;
  seconds: number;
  connections?: number;
}): Promise<Sent> {
  const { url, next, perSecond, seconds, connections = CONNECTIONS } = options;
  const statuses = new Map<string, number>();
  const started = performance.now();
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    overallRate: perSecond,
    method: "POST",
    headers: { "content-type": "application/json" },
    requests: [
      {
        setupRequest: (request) => ({ ...request, body: eventBody(next()) }),
        onResponse: (status) => {
          statuses.set(String(status), (statuses.get(String(status)) ?? 0) + 1);
        },
      },
    ],
  });
  const accepted = statuses.get("202") ?? 0;
  statuses.delete("202");
  if (result.errors > 0) statuses.set("none", result.errors);
  return {
    accepted,
    unanswered: Math.max(0, result.requests.sent - result.requests.total),
    refused: Object.fromEntries(statuses),
    p50: result.latency.p50,
    p99: result.latency.p99,
    seconds: (performance.now() - started) / 1000,
  };
}
