export const LANES = 16;

/**
 * The lane of the inbox that a key's events wait in, 0 to 15: events of one lane are processed in order, lanes independently of
 * each other. 32-bit FNV-1a over code units; it must never change while events wait.
 */
export function laneOf(integrationId: string, dedupKey: string): number {
  const text = `${integrationId} ${dedupKey}`;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & (LANES - 1);
}
