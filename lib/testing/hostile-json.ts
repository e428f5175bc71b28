import fc from "fast-check";

const HOSTILE_UNITS = [
  "\0",
  "\uD800",
  "\uDC00",
  "😀",
  "é",
  "\n",
  "\u2028",
  "\u202E",
  "<",
  '"',
  "'",
  "\\",
  "%",
  " ",
];

/** Texts of what breaks stores, headers and pages: NUL, lone surrogates, line breaks, quotes, markup. */
export const hostileText = fc.string({
  unit: fc.oneof(fc.constantFrom(...HOSTILE_UNITS), fc.constantFrom("a", "0", "-")),
});

const key = fc.oneof(
  hostileText,
  fc.constantFrom("__proto__", "constructor", "toString", "valueOf", "length"),
);

/** Any value that a JSON body may hold, with hostile texts and keys; objects are made as JSON.parse makes them. */
export const hostileJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      hostileText,
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(null, "", "0001-01-01T00:00:00Z", 1e308, -0),
    ),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(key, tie("value")), { maxLength: 4 })
      .map((entries): unknown => Object.fromEntries(entries)),
  ),
})).value;
