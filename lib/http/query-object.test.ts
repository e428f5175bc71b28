import { expect, it } from "vitest";
import { queryObject } from "#lib/http/query-object";

it("reads every way in which clients write arrays", () => {
  const read = (query: string) => ({ ...queryObject(new URLSearchParams(query)) });
  expect(read("a=1")).toEqual({ a: "1" });
  expect(read("a[]=1")).toEqual({ a: ["1"] });
  expect(read("a%5B%5D=1&a%5B%5D=2")).toEqual({ a: ["1", "2"] });
  expect(read("a=1&a=2")).toEqual({ a: ["1", "2"] });
  expect(read("a[0]=1&a[1]=2")).toEqual({ a: ["1", "2"] });
  expect(read("__proto__=1")).toHaveProperty("__proto__", "1");
});

it("refuses U+0000, which the database can't hold", () => {
  expect(() => queryObject(new URLSearchParams("a=%00"))).toThrow("U+0000");
});
