/** Which corrective actions a list shows. */
export const ACTION_SHOWS = ["all", "open", "overdue", "done", "dropped"] as const;
export type ActionShow = (typeof ACTION_SHOWS)[number];

/** `from` and `to` (ISO 8601) are about when an action was done or dropped. */
export type ActionListFilter = { show?: ActionShow; from?: string | null; to?: string | null };

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z$/;

/** Reads the list's URL; whatever means nothing is no condition. */
export function parseActionFilter(word: (key: string) => string | null): Required<ActionListFilter> {
  const instant = (key: string) => {
    const text = word(key);
    return text !== null && INSTANT.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
  };
  return {
    show: ACTION_SHOWS.find((show) => show === word("show")) ?? "all",
    from: instant("from"),
    to: instant("to"),
  };
}

/** The list of these actions, from a place in it on. */
export function actionsHref({ show = "all", from = null, to = null }: ActionListFilter, offset = 0): string {
  const words = {
    show: show === "all" ? null : show,
    from,
    to,
    offset: offset === 0 ? null : String(offset),
  };
  const text = Object.entries(words)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]))
    .join("&");
  return text === "" ? "/problems/actions" : `/problems/actions?${text}`;
}
