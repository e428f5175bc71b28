import { MAX_DEDUP_KEY_LENGTH } from "#lib/events/event";
import { textHash } from "#lib/events/label-hash";
import { storableText, truncate } from "#lib/events/storable-text";

const HASH_LENGTH = 16;

/**
 * A dedup key from a source's own identity. One that is too long keeps its beginning and ends in a hash of the whole, so that
 * two long identities that differ only at the end stay apart and the same one always gives the same key.
 */
export function dedupKeyFrom(identity: string): string {
  const key = storableText(identity);
  const cut = truncate(key, MAX_DEDUP_KEY_LENGTH);
  if (cut.length === key.length) return key;
  return `${truncate(key, MAX_DEDUP_KEY_LENGTH - HASH_LENGTH - 1)}#${textHash(key)}`;
}
