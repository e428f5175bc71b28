import { describe, expect, it } from "vitest";
import { neutralEnvironment } from "#scripts/setup/neutral-environment";

describe("neutralEnvironment", () => {
  it("unsets the settings of a deployment and leaves the rest of the shell alone", () => {
    const env = {
      PATH: "/bin",
      HOME: "/root",
      CI: "true",
      TEST_DATABASE_URL: "x",
      DATABASE_URL: "x",
      TOUCHLINE_SECRET: "x",
      PORT: "1",
    };
    expect(Object.keys(neutralEnvironment(env)).toSorted()).toEqual([
      "DATABASE_URL",
      "PORT",
      "TOUCHLINE_SECRET",
    ]);
  });
});
