/** Longest text that is looked at, in characters; what follows says little about the kind of an alert. */
const LONGEST = 512;
const MOST_TOKENS = 64;

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const INSTANT = /\b\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:z|[+-]\d{2}:?\d{2})?)?/g;
const CLOCK = /\b\d{1,2}:\d{2}(?::\d{2})?\b/g;
const ADDRESS = /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?\b/g;
const HEX = /\b(?:0x[0-9a-f]{1,32}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,64})\b/g;
const PERCENT = /\b\d+(?:\.\d+)?\s?%/g;
const AMOUNT =
  /(?<![\w.])[+-]?\d+(?:[.,]\d+)*(?:ns|us|ms|s|sec|m|min|h|d|b|kb|mb|gb|tb|kib|mib|gib|tib|k|rps|qps)?(?![\w])/g;
/** A number at the end of a name, as hosts, pods and partitions have it: web-01, node12, shard_3. */
const ORDINAL = /(?<=[a-z]{3}|[a-z][-_.])\d+\b/g;
/** What tells kinds of failure apart although it is a number: HTTP 503, status 404, exit code 137. */
const CODE = /\b(http|https|status|code|error|signal)[\s:=#]+(\d{1,5})\b/g;
const SEPARATORS = /[\s,;:()[\]{}"'`|=<>!?]+/;

/**
 * The words of a text, in lower case, with everything that differs between two alerts of one kind replaced by its class: uuid, time,
 * ip, hex, percent, number. Codes of protocols and processes are kept, since they tell kinds apart.
 */
export function maskedTokens(text: string): string[] {
  const kept = text
    .slice(0, LONGEST)
    .toLowerCase()
    .replace(UUID, " §uuid ")
    .replace(INSTANT, " §time ")
    .replace(CLOCK, " §time ")
    .replace(ADDRESS, " §ip ")
    .replace(CODE, (_, word: string, code: string) => ` ${word} §code${spelled(code)} `)
    .replace(HEX, " §hex ")
    .replace(PERCENT, " §percent ")
    .replace(ORDINAL, "§number")
    .replace(AMOUNT, " §number ");
  return kept
    .split(SEPARATORS)
    .map((token) => token.replace(/[.]+$/, ""))
    .filter((token) => token !== "" && token !== "-")
    .slice(0, MOST_TOKENS)
    .map((token) => token.replace(/§code([a-j]+)/, (_, letters: string) => digits(letters)))
    .map((token) => token.replace(/§(uuid|time|ip|hex|percent|number)/g, "<$1>"));
}

/** Digits as letters, so that the masks of numbers leave them alone. */
function spelled(code: string): string {
  return code.replace(/\d/g, (digit) => String.fromCodePoint(97 + Number(digit)));
}

function digits(letters: string): string {
  return letters.replace(/[a-j]/g, (letter) => String((letter.codePointAt(0) ?? 97) - 97));
}
