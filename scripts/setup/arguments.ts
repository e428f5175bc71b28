import { parseArgs } from "node:util";

export interface UpArguments {
  kind: "run";
  /** Undefined: 3000, or the next free one. */
  port: number | undefined;
  data: string | undefined;
  empty: boolean;
  dev: boolean;
}

export type ParsedArguments = UpArguments | { kind: "help" } | { kind: "wrong"; because: string };

export const UP_USAGE = `npm run up -- [--port 3000] [--data DIR] [--empty]

Sets up what is missing, then serves Touchline with its database until Ctrl-C.

  --port N    the port to serve on; without it 3000, or the next free one
  --data DIR  where the database, keys and logs are kept; without it .touchline in the checkout
  --empty     a new database starts without the demo organisation: one owner, one service, one key
  --dev       serve the code as it is being changed, without a production build
  --help      this text

With DATABASE_URL set, that PostgreSQL (15 or later) is used instead of the embedded one.`;

/** Reads the arguments of `npm run up`. A wrong one is answered with a sentence that says what to write instead. */
export function parseUpArguments(args: readonly string[]): ParsedArguments {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: "string" },
        data: { type: "string" },
        empty: { type: "boolean", default: false },
        dev: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
  } catch (error) {
    return { kind: "wrong", because: firstSentence(error) };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  if (positionals.length > 0) {
    return {
      kind: "wrong",
      because: `"${positionals[0]}" is not understood. Flags come after two dashes: npm run up -- --port 3000`,
    };
  }
  if (values.data === "") return { kind: "wrong", because: "--data needs the name of a folder." };
  const port = values.port === undefined ? undefined : parsePort(values.port);
  if (port === "wrong") {
    return { kind: "wrong", because: `--port needs a number from 1 to 65535, not "${values.port}".` };
  }
  return { kind: "run", port, data: values.data, empty: values.empty, dev: values.dev };
}

function parsePort(text: string): number | "wrong" {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : "wrong";
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split(/[.\n] ?/)[0]}.`;
}
