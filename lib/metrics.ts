import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export type Metrics = {
  registry: Registry;
  /** Events by integration format (`source`) and what became of them at the door (`outcome`). */
  eventsReceived: Counter<"source" | "outcome">;
  /** Events written to the inbox by one commit. */
  intakeBatchEvents: Histogram;
  /** What came of deliveries, attempt by attempt, by channel and state. */
  deliveries: Counter<"channel" | "result">;
  /** Seconds from a module's last run until it was asked. */
  engineLag: Gauge<"module">;
  /** 1 while a module's last run failed. */
  engineFailing: Gauge<"module">;
  httpSeconds: Histogram<"surface" | "method" | "status">;
};

const shared = globalThis as typeof globalThis & { touchlineMetrics?: Metrics };

/** The metrics of this process. They live on globalThis since Next keeps several copies of a module in one process. */
export function metrics(): Metrics {
  shared.touchlineMetrics ??= create();
  return shared.touchlineMetrics;
}

function create(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    eventsReceived: new Counter({
      name: "touchline_events_received_total",
      help: "Events received by integration format and outcome (accepted, refused, throttled, unavailable).",
      labelNames: ["source", "outcome"],
      registers,
    }),
    intakeBatchEvents: new Histogram({
      name: "touchline_intake_batch_events",
      help: "Events written to the inbox by one commit.",
      buckets: [1, 3, 10, 30, 100, 300, 1000],
      registers,
    }),
    deliveries: new Counter({
      name: "touchline_deliveries_total",
      help: "Sends of pages by channel and result (accepted, failed, retrying, expired, cancelled).",
      labelNames: ["channel", "result"],
      registers,
    }),
    engineLag: new Gauge({
      name: "touchline_engine_lag_seconds",
      help: "Seconds since a module of any engine last finished a run.",
      labelNames: ["module"],
      registers,
    }),
    engineFailing: new Gauge({
      name: "touchline_engine_failing",
      help: "1 while the last run of a module failed.",
      labelNames: ["module"],
      registers,
    }),
    httpSeconds: new Histogram({
      name: "touchline_http_request_duration_seconds",
      help: "Duration of API requests by surface (api, ui), method and status.",
      labelNames: ["surface", "method", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
  };
}
