import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { hashFiles, isBuildInput } from "#scripts/setup/source-hash";

const files = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 5 });
const hash = (entries: [string, string][]) =>
  hashFiles(new Map(entries.map(([path, content]) => [path, Buffer.from(content)])));

describe("hashFiles", () => {
  it("does not depend on the order of the files", () => {
    fc.assert(
      fc.property(files, (tree) => {
        const entries = Object.entries(tree);
        expect(hash(entries.toReversed())).toBe(hash(entries));
      }),
    );
  });

  it("changes with a file's content", () => {
    fc.assert(
      fc.property(files, fc.string({ minLength: 1 }), (tree, more) => {
        const entries = Object.entries({ ...tree, "app/page.tsx": "text" });
        const changed = Object.entries({ ...tree, "app/page.tsx": `text${more}` });
        expect(hash(changed)).not.toBe(hash(entries));
      }),
    );
  });

  it("changes when a file is added, removed or renamed, and when bytes move between neighbours", () => {
    const trees: [string, string][][] = [
      [],
      [["a", "1"]],
      [["b", "1"]],
      [
        ["a", "1"],
        ["b", ""],
      ],
      [
        ["a", ""],
        ["b", "1"],
      ],
      [["ab", "1"]],
      [["a", "b\x001\x00"]],
    ];
    expect(new Set(trees.map(hash)).size).toBe(trees.length);
  });
});

describe("isBuildInput", () => {
  it.each([
    "app/page.tsx",
    "lib/time/zone.ts",
    "db/migrations/0000_start.sql",
    "app/globals.css",
    "public/icon.svg",
  ])("counts %s", (path) => expect(isBuildInput(path)).toBe(true));

  it.each([
    "lib/time/zone.test.ts",
    "db/invariants.db.test.ts",
    "lib/testing/database.ts",
    "app/.DS_Store",
    "lib/README.md",
  ])("leaves out %s", (path) => expect(isBuildInput(path)).toBe(false));
});
