import { describe, expect, it } from "vitest";
import { parseUpArguments } from "#scripts/setup/arguments";

describe("parseUpArguments", () => {
  it("defaults to the demo organisation on the usual port and folder", () => {
    expect(parseUpArguments([])).toEqual({
      kind: "run",
      port: undefined,
      data: undefined,
      empty: false,
      dev: false,
    });
  });

  it("reads every flag, in both spellings of a value", () => {
    const expected = { kind: "run", port: 8080, data: "/tmp/a b", empty: true, dev: true };
    expect(parseUpArguments(["--port", "8080", "--data", "/tmp/a b", "--empty", "--dev"])).toEqual(expected);
    expect(parseUpArguments(["--dev", "--empty", "--data=/tmp/a b", "--port=8080"])).toEqual(expected);
  });

  it("answers --help whatever else is given", () => {
    expect(parseUpArguments(["--port", "x", "--help"])).toEqual({ kind: "help" });
  });

  it.each(["0", "65536", "http", "", "-1", "3000.5", "0x10", "1e3"])("refuses --port=%s", (port) => {
    expect(parseUpArguments([`--port=${port}`])).toEqual({
      kind: "wrong",
      because: `--port needs a number from 1 to 65535, not "${port}".`,
    });
  });

  it.each([
    { args: ["--prot", "3000"], names: "--prot" },
    { args: ["--port"], names: "--port" },
    { args: ["--empty=yes"], names: "--empty" },
    { args: ["--data="], names: "--data" },
  ])("refuses $args in one sentence that names $names", ({ args, names }) => {
    const parsed = parseUpArguments(args);
    expect(parsed).toMatchObject({ kind: "wrong", because: expect.stringContaining(names) });
    expect(parsed).toMatchObject({ because: expect.stringMatching(/^[^\n]+\.$/) });
  });

  it("says where the two dashes go when npm kept the flag for itself", () => {
    expect(parseUpArguments(["3000"])).toMatchObject({
      because: expect.stringContaining("npm run up -- --port 3000"),
    });
  });
});
