export interface SetUpGuide {
  title: string;
  /** The word of the product's own format; null for what anything can send. */
  source: string | null;
  /** Where in the product this belongs, a sentence or two. */
  note: string | null;
  /** The address to enter there, with the key in it. */
  address: string | null;
  /** Ready to paste, filled in. */
  code: string | null;
}

/** Where senders reach this server, without a slash at the end, and with which key. */
export interface SetUpPlace {
  base: string;
  key: string;
}

/** The address of a product's own format. */
export function sourceAddress({ base, key }: SetUpPlace, source: string): string {
  return `${base}/integrations/${source}/${key}`;
}

/** One word of a POSIX shell, whatever it holds. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A YAML double-quoted scalar; JSON strings are a subset of it. */
export function yamlText(text: string): string {
  return JSON.stringify(text);
}
