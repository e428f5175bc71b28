const WIDTH = 75;

/**
 * Numbers as one contact that phones can save (vCard 3.0, RFC 2426), so that people can let its calls and texts through while the phone is
 * on Do Not Disturb.
 */
export function phoneBook(input: { name: string; url: string; numbers: readonly string[] }): string {
  const name = escapeValue(input.name);
  const lines = [
    "BEGIN:VCARD",
    "VERSION:3.0",
    `N:${name};;;;`,
    `FN:${name}`,
    `ORG:${name}`,
    ...input.numbers.map((number) => `TEL;TYPE=WORK,VOICE,MSG:${escapeValue(number)}`),
    `URL:${escapeValue(input.url)}`,
    "NOTE:Pages from your on-call system. Let it through on Do Not Disturb.",
    "END:VCARD",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

function escapeValue(text: string): string {
  return text.replace(/[\r\n]+/g, " ").replace(/[\\;,]/g, (character) => `\\${character}`);
}

/** Long lines go on after a line break and a space. */
function fold(line: string): string {
  const parts: string[] = [];
  for (let at = 0; at < line.length; at += WIDTH) parts.push(line.slice(at, at + WIDTH));
  return parts.join("\r\n ");
}
