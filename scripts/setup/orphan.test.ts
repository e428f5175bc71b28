import { describe, expect, it } from "vitest";
import { decideRecovery, isPostgresOn, isServerOf, parsePidFile } from "#scripts/setup/orphan";

const DATA = "/srv/my checkout/.touchline/postgres/data";
const POSTGRES = `/opt/pg 18/bin/postgres -D ${DATA} -c listen_addresses=127.0.0.1 -c port=40001`;
const SERVER = `/srv/x/node_modules/node/bin/node --import file:///srv/x/scripts/setup/supervised.ts /srv/x/server.ts --data=/srv/x/.touchline`;

describe("parsePidFile", () => {
  it("reads the pid that postmaster.pid begins with", () => {
    expect(parsePidFile(`4711\n${DATA}\n1770000000\n40001\n\n127.0.0.1\n  1234\nready\n`)).toEqual({
      pid: 4711,
    });
  });

  it.each(["", "\n", "postgres", "-1\n", "0\n", "12x\n"])("takes %j for a torn file", (text) => {
    expect(parsePidFile(text)).toBeUndefined();
  });
});

describe("decideRecovery", () => {
  const decide = (command: string | undefined) => decideRecovery({ pid: 4711 }, command, isPostgresOn(DATA));

  it("does nothing without a pid file", () => {
    expect(decideRecovery(undefined, undefined, isPostgresOn(DATA))).toEqual({ kind: "none" });
  });

  it("removes the file of a process that is gone", () => {
    expect(decide(undefined)).toEqual({ kind: "remove-file", because: "no such process" });
  });

  it("stops what outlived its parent", () => {
    expect(decide(POSTGRES)).toEqual({ kind: "stop-orphan", pid: 4711 });
  });

  it.each([
    ["another program has the pid now", "/usr/bin/vim notes.txt"],
    ["a PostgreSQL on another folder has it", POSTGRES.replace("my checkout", "your checkout")],
    ["a PostgreSQL on a folder whose name begins alike has it", POSTGRES.replace("/data ", "/data-2 ")],
    ["a program that only names the folder has it", `tail -F ${DATA}/log`],
  ])("never stops a stranger: %s", (_, command) => {
    expect(decide(command)).toEqual({ kind: "remove-file", because: "the process is another one" });
  });
});

describe("isServerOf", () => {
  it("knows the server of its own data folder only", () => {
    expect(isServerOf("/srv/x/.touchline")(SERVER)).toBe(true);
    expect(isServerOf("/srv/x/.touch")(SERVER)).toBe(false);
    expect(isServerOf("/srv/x/.touchline")("tail server.log")).toBe(false);
  });
});
