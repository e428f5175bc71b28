import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["meta", "table", "body", "reading", "section", "title", "figure", "hero"],
      radius: ["mark", "control", "card"],
      shadow: ["layer"],
      spacing: ["row", "control", "header", "bottom-bar", "sidebar"],
      "font-weight": ["regular", "medium", "semibold"],
    },
  },
});

/** Joins class names; a later utility replaces an earlier one of the same kind. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
