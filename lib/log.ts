import pino from "pino";
import { env } from "#lib/env";

const shared = globalThis as typeof globalThis & { touchlineLog?: pino.Logger };

type ErrorLine = { type: string; message: string; code?: string; stack: string; cause?: ErrorLine };

/**
 * An error as it is logged: what happened and where. The values of a query that failed stay out, since they are what people wrote, hashes of
 * passwords and keys, or a whole batch of events.
 */
export function errorLine(error: unknown, depth = 0): ErrorLine {
  if (!(error instanceof Error))
    return { type: typeof error, message: String(error).slice(0, MOST), stack: "" };
  const { cause, code } = error as Error & { code?: unknown };
  const isQuery = "query" in error && "params" in error;
  return {
    type: error.name,
    message: (isQuery ? `Failed query: ${String(error.query)}` : error.message).slice(0, MOST),
    ...(typeof code === "string" ? { code } : {}),
    stack: framesOf(error),
    ...(cause === undefined || depth > 3 ? {} : { cause: errorLine(cause, depth + 1) }),
  };
}

const MOST = 2000;

/** The places alone: a stack begins with the message. */
function framesOf({ stack = "", message }: Error): string {
  const at = stack.indexOf(message);
  const places = at < 0 ? stack : stack.slice(at + message.length);
  return places.match(/^\s+at .*$/gm)?.join("\n") ?? "";
}

/** JSON lines on standard output. Secrets never get in: keys, tokens and passwords are removed by name. */
export function log(): pino.Logger {
  shared.touchlineLog ??= pino({
    level: env().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (error: unknown) => errorLine(error) },
    redact: {
      paths: ["password", "token", "authorization", "key", "*.password", "*.token", "*.key"],
      censor: "…",
    },
  });
  return shared.touchlineLog;
}
