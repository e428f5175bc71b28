import { z } from "zod";
import { AppError } from "#lib/errors";

const MOST = 100;
const DEFAULT = 25;
const DEEPEST = 10_000;

export type Paging = { limit: number; offset: number; total: boolean };

/** A page of rows, whether there are more, and how many there are in all when that was asked for. */
export type Page<T> = { rows: T[]; more: boolean; total: number | null };

const count = z.coerce.number().int().min(0).catch(0);

/** The classic paging of the public API, from a query: 25 rows unless told otherwise, never more than 100. */
export const pagingQuery = {
  limit: z.coerce
    .number()
    .int()
    .catch(DEFAULT)
    .default(DEFAULT)
    .describe("Rows to return: 25 unless given, at most 100."),
  offset: count.default(0).describe("Rows to skip."),
  total: z
    .enum(["true", "1", "false", "0"])
    .catch("false")
    .default("false")
    .describe("Whether to count all rows."),
};

/** Clamps the limit, as clients expect it to be echoed. Throws `invalid` beyond row 10,000. */
export function readPaging(query: { limit: number; offset: number; total: string }): Paging {
  const limit = Math.min(Math.max(query.limit, 1), MOST);
  if (query.offset + limit > DEEPEST) {
    throw new AppError("invalid", `Offset plus limit may not be more than ${DEEPEST}.`);
  }
  return { limit, offset: query.offset, total: query.total === "true" || query.total === "1" };
}

/** The body of a list. `total` is null unless it was asked for. */
export function listBody<T, W>(
  root: string,
  page: Page<T>,
  paging: Paging,
  toWire: (row: T) => W,
): Record<string, unknown> {
  return {
    [root]: page.rows.map(toWire),
    limit: paging.limit,
    offset: paging.offset,
    more: page.more,
    total: page.total,
  };
}

/** A page of rows that were read by offset and counted. */
export function fromOffset<T>(rows: T[], total: number, paging: Paging): Page<T> {
  return { rows, more: paging.offset + rows.length < total, total: paging.total ? total : null };
}
