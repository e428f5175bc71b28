import type { CsvMapping } from "#lib/imports/csv-mapping";
import {
  addressOf,
  bodyOf,
  componentsOf,
  judgeTimes,
  skip,
  storable,
  withoutUnstorable,
  titleOf,
} from "#lib/imports/imported-incident";
import type {
  ImportedAuthor,
  ImportedEntry,
  ImportedIncident,
  ParsedRecord,
  Skipped,
} from "#lib/imports/imported-incident";
import { readerOf } from "#lib/imports/time-format";
import type { IncidentStatus } from "#lib/incidents/vocabulary";

export type CsvRow = { line: number; cells: Record<string, string> };

type Update = { at: Date; by: ImportedAuthor | null; note: string | null; state: IncidentStatus | null };

type WordColumn<T> = { column: string; values: Record<string, T>; otherwise?: T | undefined };

/** Stops the reading of one incident with its reason; never leaves this file. */
class Unreadable extends Error {
  readonly skipped: Skipped;
  constructor(skipped: Skipped) {
    super(skipped.reason);
    this.skipped = skipped;
  }
}

/** A function that makes one incident of the rows of one id: the only row, or every update of the ticket in any order. */
export function csvReader(mapping: CsvMapping): (rows: readonly CsvRow[]) => ParsedRecord {
  const reader = new Reader(mapping);
  return (rows) => {
    try {
      return reader.read(rows);
    } catch (error) {
      if (error instanceof Unreadable) return error.skipped;
      throw error;
    }
  };
}

class Reader {
  private readonly mapping: CsvMapping;
  private readonly parseTime: (text: string) => Date | null;
  private readonly empty: ReadonlySet<string>;

  constructor(mapping: CsvMapping) {
    this.mapping = mapping;
    this.parseTime = readerOf(mapping.timeFormat, mapping.timeZone);
    this.empty = new Set(["", ...mapping.empty]);
  }

  read(rows: readonly CsvRow[]): ParsedRecord {
    const { mapping } = this;
    const told = mapping.updates ? this.updatesOf(rows, mapping.updates) : null;
    const ordered = told?.map(({ row }) => row) ?? rows;
    const [first, last] = [ordered[0], ordered.at(-1)];
    if (!first || !last) throw new Error("There are no rows to read.");
    const id = this.text(last, mapping.id);
    if (id === null) return skip("lacks what an incident needs", `${mapping.id} is empty`);
    const createdAt = this.createdAt(first, last, id);
    const updates = told?.map(({ update }) => update) ?? [];
    const resolvedAt = this.resolvedAt(last, updates);
    if (!resolvedAt) return skip("is not resolved yet", id);
    return judgeTimes({
      ...this.describe(last, id, this.first(last, mapping.title) ?? id),
      ...this.rate(last),
      startedAt: this.time(first, mapping.started) ?? createdAt,
      createdAt,
      mitigatedAt: this.time(last, mapping.mitigated),
      resolvedAt,
      resolvedBy: this.author(last, mapping.resolvedBy),
      entries: [...this.acknowledgement(last), ...entriesOf(updates, resolvedAt)],
    });
  }

  private describe(row: CsvRow, id: string, title: string) {
    const { source, service, body, url } = this.mapping;
    return {
      externalId: `${source}/${storable(id, 200)}`,
      title: titleOf(title),
      body: bodyOf(this.text(row, body)),
      url: addressOf(this.text(row, url)),
      components: componentsOf((service ?? []).map((name) => this.text(row, name))),
    } satisfies Partial<ImportedIncident>;
  }

  /** How bad it was. Without an urgency it follows from the priority: P1 and P2 woke people. */
  private rate(row: CsvRow) {
    const { priority, urgency, detection, customerImpact } = this.mapping;
    const priorityRank = this.word(row, priority);
    const derived = priorityRank !== null && priorityRank > 2 ? ("low" as const) : ("high" as const);
    return {
      urgency: this.word(row, urgency) ?? derived,
      priorityRank,
      detectionSource: this.word(row, detection) ?? ("unknown" as const),
      customerImpact: this.word(row, customerImpact),
    } satisfies Partial<ImportedIncident>;
  }

  private createdAt(first: CsvRow, last: CsvRow, id: string): Date {
    const at = this.time(first, this.mapping.created) ?? this.time(last, this.mapping.created);
    if (at) return at;
    const where = `${id}: ${this.mapping.created.join(", ")} is empty`;
    throw new Unreadable(skip("lacks what an incident needs", where));
  }

  private updatesOf(rows: readonly CsvRow[], columns: NonNullable<CsvMapping["updates"]>) {
    return rows
      .map((row) => {
        const at = this.time(row, [columns.at]);
        if (!at)
          throw new Unreadable(
            skip("lacks what an incident needs", `line ${row.line}: ${columns.at} is empty`),
          );
        const note = bodyOf(this.text(row, columns.note));
        const state = this.word(row, this.mapping.state);
        return { row, update: { at, by: this.author(row, columns.by), note, state } };
      })
      .toSorted((a, b) => a.update.at.getTime() - b.update.at.getTime() || a.row.line - b.row.line);
  }

  /** What the file says, else the first update of the last stretch in which it was resolved; null: it is open. */
  private resolvedAt(last: CsvRow, updates: readonly Update[]): Date | null {
    const state = this.word(last, this.mapping.state);
    if (state !== null && state !== "resolved") return null;
    const said = this.time(last, this.mapping.resolved);
    if (said) return said;
    const lastOther = updates.findLastIndex((update) => update.state !== "resolved");
    return updates[lastOther + 1]?.at ?? null;
  }

  private acknowledgement(row: CsvRow): ImportedEntry[] {
    const at = this.time(row, this.mapping.acknowledged);
    if (!at) return [];
    const by = this.author(row, this.mapping.acknowledgedBy);
    return [{ at, key: "acknowledged", type: "acknowledge", by, note: null, data: {} }];
  }

  private author(row: CsvRow, column: string | undefined): ImportedAuthor | null {
    const name = this.text(row, column);
    if (name === null) return null;
    return { name: storable(name, 255), email: name.includes("@") ? name : null, isPerson: true };
  }

  private text({ cells }: CsvRow, column: string | undefined): string | null {
    if (column === undefined) return null;
    const text = withoutUnstorable(cells[column] ?? "").trim();
    return this.empty.has(text) ? null : text;
  }

  private first(row: CsvRow, columns: readonly string[]): string | null {
    return columns.map((name) => this.text(row, name)).find((text) => text !== null) ?? null;
  }

  private time(row: CsvRow, columns: readonly string[] | undefined): Date | null {
    const text = this.first(row, columns ?? []);
    if (text === null) return null;
    const at = this.parseTime(text);
    if (at && !Number.isNaN(at.getTime())) return at;
    const where = `line ${row.line}: ${columns?.join(", ")} “${text.slice(0, 60)}” is not ${this.mapping.timeFormat}`;
    throw new Unreadable(skip("has a time in another form than the mapping says", where));
  }

  private word<T>(row: CsvRow, word: WordColumn<T> | undefined): T | null {
    if (!word) return null;
    const text = this.text(row, word.column);
    if (text === null) return word.otherwise ?? null;
    if (Object.hasOwn(word.values, text)) return word.values[text] ?? null;
    if (word.otherwise !== undefined) return word.otherwise;
    const where = `line ${row.line}: ${word.column} “${text.slice(0, 60)}”`;
    throw new Unreadable(skip("has a value that the mapping does not know", where));
  }
}

/** What the updates of a ticket tell: its changes of state, and what people wrote. */
function entriesOf(updates: readonly Update[], resolvedAt: Date): ImportedEntry[] {
  const entries: ImportedEntry[] = [];
  let state: IncidentStatus = "triggered";
  for (const [index, update] of updates.entries()) {
    const { at, by, note } = update;
    const next: IncidentStatus = update.state ?? state;
    const type = next === state ? null : transition(state, next);
    // The last resolve is the incident's own.
    const isEnd = type === "resolve" && at >= resolvedAt;
    if (type && !isEnd) entries.push({ at, key: `update/${index}/${type}`, type, by, note: null, data: {} });
    if (note) entries.push({ at, key: `update/${index}/note`, type: "annotate", by, note, data: {} });
    state = next;
  }
  return entries;
}

function transition(from: IncidentStatus, to: IncidentStatus): ImportedEntry["type"] {
  if (to === "resolved") return "resolve";
  if (from === "resolved") return "reopen";
  return to === "acknowledged" ? "acknowledge" : "unacknowledge";
}
