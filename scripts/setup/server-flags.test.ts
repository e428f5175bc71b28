import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "#scripts/setup/root";
import { SERVER_FLAGS } from "#scripts/setup/server-flags";

test.each(["package.json", "deploy/Dockerfile"])("%s starts servers with the same flags", (file) => {
  expect(readFileSync(join(root, file), "utf8")).toContain(`exec node ${SERVER_FLAGS.join(" ")} `);
});

test("Node takes them", () => {
  const { status, stderr } = spawnSync(process.execPath, [...SERVER_FLAGS, "-e", "0"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
