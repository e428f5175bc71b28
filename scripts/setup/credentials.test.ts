import { describe, expect, it } from "vitest";
import { pagingCommand, readyText } from "#scripts/setup/credentials";

const READY = {
  url: "http://localhost:3001",
  databaseUrl: "postgres://touchline:secret@127.0.0.1:40001/touchline",
  apiKey: "key-of-the-api",
  users: [{ email: "ann@example.com", password: "pass-of-ann", role: "owner" }],
  integrations: [{ service: "Checkout", key: "0123456789abcdef0123456789abcdef" }],
};

describe("pagingCommand", () => {
  it("sends one valid trigger event, quoted for a shell", () => {
    const command = pagingCommand(READY.url, {
      service: "Men's odds",
      key: "0123456789abcdef0123456789abcdef",
    });
    const [, body] = /-d '([^']*)'$/.exec(command) ?? [];
    expect(command).toMatch(/^curl -X POST http:\/\/localhost:3001\/v2\/enqueue /);
    expect(JSON.parse(body ?? "")).toMatchObject({
      routing_key: "0123456789abcdef0123456789abcdef",
      event_action: "trigger",
      payload: { summary: "Men's odds answers slowly", source: expect.any(String), severity: "critical" },
    });
  });
});

describe("readyText", () => {
  it("names the address, every sign-in, the key and a command that pages, but not the database's password", () => {
    const text = readyText(READY, "/srv/.touchline");
    for (const part of [READY.url, "ann@example.com", "pass-of-ann", "owner", "key-of-the-api", "curl "]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("secret");
  });

  it("says so when the organisation was made elsewhere", () => {
    const text = readyText({ ...READY, apiKey: "", users: [], integrations: [] }, "/srv/.touchline");
    expect(text).toContain("was not made from here");
    expect(text).not.toContain("curl");
  });
});
