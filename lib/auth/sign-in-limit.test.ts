import { expect, it } from "vitest";
import { forgiveSignInAttempt, takeSignInAttempt } from "#lib/auth/sign-in-limit";

it("stops guessing at one address from one place, without locking its owner out elsewhere", async () => {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect(await takeSignInAttempt("Ann@example.com", "192.0.2.1")).toBe(true);
  }
  expect(await takeSignInAttempt("ann@example.com", "192.0.2.1")).toBe(false);
  expect(await takeSignInAttempt("ann@example.com", "192.0.2.2")).toBe(true);
});

it("stops one place from trying many addresses", async () => {
  const results: boolean[] = [];
  for (let attempt = 0; attempt < 61; attempt += 1) {
    results.push(await takeSignInAttempt(`person-${attempt}@example.com`, "192.0.2.9"));
  }
  expect(results.slice(0, 60)).not.toContain(false);
  expect(results[60]).toBe(false);
});

it("does not count an attempt that succeeded", async () => {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    expect(await takeSignInAttempt("bo@example.com", "192.0.2.20")).toBe(true);
    await forgiveSignInAttempt("bo@example.com", "192.0.2.20");
  }
});
