import { afterEach, expect, vi } from "vitest";

// An unexpected error or warning on the console is a defect, so it fails the test that caused it.
const error = vi.spyOn(console, "error");
const warn = vi.spyOn(console, "warn");

afterEach(() => {
  const unexpected = [...error.mock.calls, ...warn.mock.calls];
  error.mockClear();
  warn.mockClear();
  expect(unexpected, "unexpected console output").toEqual([]);
});
