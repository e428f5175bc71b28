import type { GroupingSetting } from "#lib/noise/grouping-setting";

/** A setting in one line: "equal component, within 15 min". */
export function modeWords({ mode, fields, aggregate, windowSeconds, threshold }: GroupingSetting): string {
  const within = windowSeconds === 0 ? "for as long as it is open" : `within ${windowSeconds / 60} min`;
  const equal = `equal ${fields.join(aggregate === "all" ? " and " : " or ")}`;
  switch (mode) {
    case "off":
      return "gathers nothing";
    case "time":
      return `everything ${within} of the first`;
    case "content":
      return `${equal}, ${within}`;
    case "similarity":
      return `alike (score ${threshold} or more), ${within}`;
    case "both":
      return `${equal}, and alike (score ${threshold} or more), ${within}`;
  }
}
