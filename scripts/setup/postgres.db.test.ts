import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "#db/connect";
import type { Postgres } from "#scripts/setup/postgres";
import { startPostgres } from "#scripts/setup/postgres";

let folder: string;
let running: Postgres;

beforeAll(async () => {
  // A space in the path, and a parent that nobody else may enter.
  folder = join(mkdtempSync(join(tmpdir(), "touchline-postgres-")), "my data");
  mkdirSync(folder);
  running = await startPostgres(folder, { durable: true });
  await query("create table kept as select 42 as answer");
});
afterAll(async () => {
  await running.stop();
  // For root it lies elsewhere, since PostgreSQL's account may not enter the folder.
  const { location } = JSON.parse(readFileSync(join(folder, "database.json"), "utf8"));
  rmSync(resolve(folder, location), { recursive: true });
  rmSync(join(folder, ".."), { recursive: true });
});

async function query(text: string) {
  const { $client: sql } = connect(running.url(), { max: 1 });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

describe("startPostgres", () => {
  it("is durable, in UTF-8 and UTC, and reached over the loopback address only", async () => {
    const settings =
      "fsync, synchronous_commit, full_page_writes, server_encoding, timezone, listen_addresses";
    const values = await query(
      `select ${settings
        .split(", ")
        .map((name) => `current_setting('${name}') as ${name}`)
        .join(", ")}`,
    );
    expect(values[0]).toEqual({
      fsync: "on",
      synchronous_commit: "on",
      full_page_writes: "on",
      server_encoding: "UTF8",
      timezone: "UTC",
      listen_addresses: "127.0.0.1",
    });
    expect(statSync(join(folder, "database.json")).mode & 0o777).toBe(0o600);
  });

  it("asks for the password", async () => {
    const url = new URL(running.url());
    url.password = "wrong";
    const { $client: sql } = connect(url.href, { max: 1 });
    await expect(sql`select 1`).rejects.toThrow(/password authentication failed/);
    await sql.end();
  });

  it("recovers from being killed, on the same port, with its data", async () => {
    const { port } = new URL(running.url());
    process.kill(running.pid, "SIGKILL");
    expect(await running.ended).toContain("SIGKILL");
    running = await startPostgres(folder, { durable: true });
    expect(await query("select answer from kept")).toEqual([{ answer: 42 }]);
    expect(new URL(running.url()).port).toBe(port);
  });

  it("takes over from one that outlived its parent", async () => {
    const orphan = running;
    running = await startPostgres(folder, { durable: true });
    expect(await orphan.ended).toContain("exit code 0");
    expect(await query("select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("chooses another port when its own is taken", async () => {
    const { port } = new URL(running.url());
    await running.stop();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(Number(port), "127.0.0.1", resolve));
    running = await startPostgres(folder, { durable: true });
    await new Promise((resolve) => squatter.close(resolve));
    expect(new URL(running.url()).port).not.toBe(port);
    expect(await query("select answer from kept")).toEqual([{ answer: 42 }]);
  });
});
