import { readFileSync } from "node:fs";
import autocannon from "autocannon";

export type Load = {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Processor milliseconds of the server's process for each answer, where the machine tells: what else it does counts for little here. */
  processorMs: number;
  /** Answers other than success, and requests without an answer. */
  refused: number;
  /** Dedup keys that were answered with success. */
  accepted: string[];
};

const CONNECTIONS = 64;

/** A server to load: its address and its process. */
export type Target = { url: string; pid: number };

/** Loads an address with GETs. */
export async function sendGets({ url, pid }: Target, seconds: number): Promise<Load> {
  const before = processorTime(pid);
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds });
  return summary(result, [], processorTime(pid) - before);
}

/** Loads an address with triggers, each with a dedup key of its own that begins with `prefix`. */
export async function sendEvents(
  { url, pid }: Target,
  keys: readonly string[],
  prefix: string,
  seconds: number,
): Promise<Load> {
  const before = processorTime(pid);
  const accepted: string[] = [];
  let number = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    method: "POST",
    headers: { "content-type": "application/json" },
    requests: [
      {
        setupRequest: (request) => {
          number += 1;
          const key = keys[number % keys.length] ?? "";
          return { ...request, body: eventText(key, `${prefix}-${number}`) };
        },
        onResponse: (status, body) => {
          if (status === 202) accepted.push(String(JSON.parse(body).dedup_key));
        },
      },
    ],
  });
  return summary(result, accepted, processorTime(pid) - before);
}

/** The size and shape of what Alertmanager's PagerDuty receiver sends. */
function eventText(key: string, dedupKey: string): string {
  return JSON.stringify({
    routing_key: key,
    event_action: "trigger",
    dedup_key: dedupKey,
    client: "Alertmanager",
    client_url: "https://alertmanager.example.com",
    payload: {
      summary: "[FIRING:1] HighErrorRate checkout (production critical)",
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

function summary(result: autocannon.Result, accepted: string[], processorTimeMs: number): Load {
  const { requests, latency, non2xx, errors, timeouts } = result;
  return {
    perSecond: requests.average,
    p50: latency.p50,
    p99: latency.p99,
    processorMs: processorTimeMs / requests.total,
    refused: non2xx + errors + timeouts,
    accepted,
  };
}

/** Milliseconds of processor time that a process has used; NaN where the machine doesn't tell (Linux does, in hundredths of a second). */
function processorTime(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}
