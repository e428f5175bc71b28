import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { readEnv } from "#lib/env";
import { root } from "#scripts/setup/root";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const readme = read("README.md");
const example = parseEnv(read(".env.example"));
/** NODE_ENV is set by the commands, not by people. */
const variables = [...read("lib/env.ts").matchAll(/^ {2}([A-Z][A-Z_]+): /gm)]
  .flatMap(([, name]) => name ?? [])
  .filter((name) => name !== "NODE_ENV");

/** What stands in backticks, outside of blocks of code. */
const cited = [...readme.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].flatMap(
  ([, text]) => text ?? [],
);
const FOLDERS = "app|components|db|lib|e2e|public|scripts|deploy|\\.ci";
const PATH = new RegExp(`^((${FOLDERS})/[^\\s<>*{}]*|[\\w.-]+\\.(ts|json|md)|LICENSE|\\.env\\.example)$`);
const paths = cited.filter((text) => PATH.test(text));

test("every path that the README cites exists", () => {
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("every npm script that the README cites exists", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const names = [...readme.matchAll(/npm (?:run ([\w:-]+)|(test|start)\b)/g)].map(
    ([, run, short]) => run ?? short ?? "",
  );
  expect(names).toContain("up");
  expect(names.filter((name) => !(name in scripts))).toEqual([]);
});

test("the settings of lib/env.ts, .env.example and the README are the same", () => {
  expect(variables).toContain("DATABASE_URL");
  expect(Object.keys(example).toSorted()).toEqual(variables.toSorted());
  expect(variables.filter((name) => !cited.includes(name))).toEqual([]);
});

test(".env.example holds the defaults", () => {
  const needed = { DATABASE_URL: "postgres://localhost/none", TOUCHLINE_SECRET: "x".repeat(32) };
  expect(readEnv({ ...example, ...needed })).toEqual(readEnv(needed));
});
