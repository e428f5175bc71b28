import pino from "pino";
import { env } from "#lib/env";

const shared = globalThis as typeof globalThis & { touchlineLog?: pino.Logger };

/** JSON lines on standard output. Secrets never get in: keys, tokens and passwords are removed by name. */
export function log(): pino.Logger {
  shared.touchlineLog ??= pino({
    level: env().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["password", "token", "authorization", "key", "*.password", "*.token", "*.key"],
      censor: "…",
    },
  });
  return shared.touchlineLog;
}
