export type CsvValue = string | number | boolean | Date | null;

// What a spreadsheet takes for the start of a formula (OWASP, CSV Injection).
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One record of a CSV file (RFC 4180), its line break included. Texts that a spreadsheet would run as a formula get an apostrophe in
 * front; numbers don't, so that they stay numbers. Instants are ISO 8601 in UTC; null is an empty cell.
 */
export function csvRecord(values: readonly CsvValue[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

/** Milliseconds as seconds, for a cell. */
export function csvSeconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds) / 1000;
}

function cell(value: CsvValue): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") return String(value);
  const inert = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
