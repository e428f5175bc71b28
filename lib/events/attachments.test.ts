import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readImages, readLinks } from "#lib/events/attachments";
import { webUrl } from "#lib/events/web-url";
import { hostileJson } from "#lib/testing/hostile-json";

describe("readLinks", () => {
  it("keeps http and https addresses, local ones too, with or without text", () => {
    const warnings: string[] = [];
    const links = readLinks(
      [{ href: "http://localhost:3000/", text: "External URL" }, { href: "https://x.test/a b?c=%22" }],
      warnings,
    );
    expect(links).toEqual([
      { href: "http://localhost:3000/", text: "External URL" },
      { href: "https://x.test/a b?c=%22", text: null },
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ["javascript:alert(1)"],
    [" javascript:alert(1)"],
    ["java\nscript:alert(1)"],
    ["data:text/html,<script>"],
    ["/relative/path"],
    ["//no-scheme.test"],
    ["ftp://x.test"],
    ["http://"],
    ["https://a b"],
    [`https://x.test/${"a".repeat(9000)}`],
    ["https://x.test/\0"],
    [""],
    [7],
    [null],
  ])("leaves out %j with a warning", (href) => {
    const warnings: string[] = [];
    expect(readLinks([{ href, text: "t" }], warnings)).toEqual([]);
    expect(warnings).toEqual(["'links[0]' has no usable address, left out"]);
  });

  it("bounds their number, and survives anything that is not a list of objects", () => {
    const warnings: string[] = [];
    const many = Array.from({ length: 5000 }, () => ({ href: "https://x.test" }));
    expect(readLinks(many, warnings)).toHaveLength(100);
    expect(readLinks("https://x.test", warnings)).toEqual([]);
    expect(readLinks([null, 3, ["https://x.test"]], warnings)).toEqual([]);
    expect(readLinks(null, warnings)).toEqual([]);
    expect(warnings).toEqual([
      "Only the first 100 of 'links' were kept",
      "'links' is not a list, left out",
      "'links[0]' has no usable address, left out",
      "'links[1]' has no usable address, left out",
      "'links[2]' has no usable address, left out",
    ]);
  });
});

describe("readImages", () => {
  it("wants https for the picture, and drops only the link when that is bad", () => {
    const warnings: string[] = [];
    const images = readImages(
      [
        { src: "https://x.test/a.png", href: "javascript:alert(1)", alt: "Graph" },
        { src: "http://x.test/b.png" },
      ],
      warnings,
    );
    expect(images).toEqual([{ src: "https://x.test/a.png", href: null, alt: "Graph" }]);
    expect(warnings).toEqual([
      "'images[0].href' is not an http(s) address, left out",
      "'images[1]' has no usable address, left out",
    ]);
  });
});

describe("webUrl", () => {
  it("lets only http and https through", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), hostileJson), (value) => {
        const url = webUrl(value);
        expect(url === null || ["http:", "https:"].includes(new URL(url).protocol)).toBe(true);
      }),
    );
  });
});
