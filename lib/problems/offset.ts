/** Where in a list a page begins, from the text of an address; 0 for whatever is no such place. */
export function readOffset(text: string | null): number {
  return text !== null && /^\d{1,7}$/.test(text) ? Number(text) : 0;
}
