const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;
const PRIME_LOW = 0x1b3;
const TWO_TO_32 = 0x1_0000_0000;
const SEPARATOR = 0xff;
const utf8 = new TextEncoder();

/**
 * 64-bit FNV-1a of a set of labels as 16 hex digits, exactly as Prometheus and Alertmanager compute an alert's fingerprint
 * (sorted names; 0xff after each name and value), so that a sender that leaves the fingerprint out keeps the alert's identity
 * when it is upgraded to one that sends it.
 */
export function labelHash(labels: ReadonlyMap<string, string>): string {
  const hash = emptyHash();
  for (const name of [...labels.keys()].toSorted(compareCodeUnits)) {
    for (const text of [name, labels.get(name) ?? ""]) {
      for (const byte of utf8.encode(text)) add(hash, byte);
      add(hash, SEPARATOR);
    }
  }
  return print(hash);
}

/** 64-bit FNV-1a (Fowler, Noll, Vo) of a text's UTF-8 bytes as 16 hex digits. For identity, not for secrets. */
export function textHash(text: string): string {
  const hash = emptyHash();
  for (const byte of utf8.encode(text)) add(hash, byte);
  return print(hash);
}

function compareCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

interface Hash {
  high: number;
  low: number;
}

function emptyHash(): Hash {
  return { high: OFFSET_HIGH, low: OFFSET_LOW };
}

/** The prime is 2^40 + 0x1b3; products of the two 32-bit halves stay below 2^53, so plain numbers are exact. */
function add(hash: Hash, byte: number): void {
  const mixed = (hash.low ^ byte) >>> 0;
  const product = mixed * PRIME_LOW;
  const carry = Math.floor(product / TWO_TO_32);
  hash.high = (hash.high * PRIME_LOW + mixed * 0x100 + carry) % TWO_TO_32;
  hash.low = product % TWO_TO_32;
}

function print(hash: Hash): string {
  return [hash.high, hash.low].map((word) => word.toString(16).padStart(8, "0")).join("");
}
