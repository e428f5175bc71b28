import { parseArgs } from "node:util";
import { connect } from "#db/connect";
import { SYSTEM } from "#lib/context";
import { rebuildFacts } from "#lib/incidents/commands/rebuild-facts";
import { commandDatabase } from "#scripts/setup/command-database";

// npm run facts -- check|rebuild [--data DIR]: whether what reports read is what the log says, and makes it so.

const USAGE = "Usage: npm run facts -- check|rebuild [--data DIR]";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: "string" } },
  });
  const [what, ...rest] = positionals;
  if ((what !== "check" && what !== "rebuild") || rest.length > 0) throw new Error(USAGE);
  const db = connect(commandDatabase(values.data), { max: 2, applicationName: "touchline-facts" });
  const started = Date.now();
  try {
    const { incidents, differing, examples, interruptions } = await rebuildFacts(
      { db, actor: SYSTEM },
      { keep: what === "rebuild" },
    );
    const named = examples.length > 0 ? `: #${examples.join(", #")}` : "";
    console.log(
      [
        `${incidents} incidents recomputed in ${((Date.now() - started) / 1000).toFixed(1)} s`,
        `  ${differing} ${what === "rebuild" ? "changed" : "differ"}${named}`,
        `  ${interruptions} interruptions ${what === "rebuild" ? "changed" : "differ"}`,
      ].join("\n"),
    );
    if (what === "check" && differing + interruptions > 0) process.exitCode = 1;
  } finally {
    await db.$client.end();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
