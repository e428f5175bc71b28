import type { Context } from "#lib/context";
import { parseIncidentFilter } from "#lib/incidents/filter";
import { countIncidents } from "#lib/incidents/queries/count-incidents";

/** A number somewhere in a report, and the address of the list that it opens. */
export type LinkedNumber = { where: string; count: number; href: string };

/** Every number of a report that opens a list: each object in it that has an `href` beside a `count` or an `n`. */
export function linkedNumbers(report: unknown, where = ""): LinkedNumber[] {
  if (Array.isArray(report))
    return report.flatMap((item, index) => linkedNumbers(item, `${where}[${index}]`));
  if (typeof report !== "object" || report === null) return [];
  const own = "href" in report && typeof report.href === "string" ? numberOf(report, where, report.href) : [];
  return [
    ...own,
    ...Object.entries(report).flatMap(([key, value]) => linkedNumbers(value, `${where}.${key}`)),
  ];
}

function numberOf(report: object, where: string, href: string): LinkedNumber[] {
  const count = "count" in report ? report.count : "n" in report ? report.n : undefined;
  return typeof count === "number" ? [{ where, count, href }] : [];
}

/** Counts the rows of a list by its parameters. */
type CountRows = (ctx: Context, parameters: URLSearchParams) => Promise<number>;

async function countListed(ctx: Context, parameters: URLSearchParams): Promise<number> {
  const { filter, ignored } = parseIncidentFilter(parameters);
  if (ignored.length > 0) throw new Error(`The incident list does not know ${ignored.join(", ")}`);
  return countIncidents(ctx, filter);
}

/** The numbers of a report that are not the number of rows of the list that they open, in words; none if it is honest. */
export async function disagreements(
  ctx: Context,
  report: unknown,
  lists: Readonly<Record<string, CountRows>> = {},
): Promise<string[]> {
  const known: Readonly<Record<string, CountRows>> = { "/incidents": countListed, ...lists };
  const counts = new Map<string, Promise<number>>();
  const numbers = linkedNumbers(report);
  const found = await Promise.all(
    numbers.map(({ href }) => {
      const { pathname, searchParams } = new URL(href, "http://localhost");
      const count = known[pathname];
      if (!count) throw new Error(`No list is known at ${pathname}`);
      const counted = counts.get(href) ?? count(ctx, searchParams);
      counts.set(href, counted);
      return counted;
    }),
  );
  return numbers.flatMap(({ where, count, href }, index) =>
    count === found[index] ? [] : [`${where}: ${count} in the report, ${found[index]} in ${href}`],
  );
}
