import { textOf, toFact, valueAt } from "#lib/cel/facts";
import type { Fact } from "#lib/cel/facts";
import { extract } from "#lib/cel/re2";
import type { Reading, Subject } from "#lib/rules/evaluate";
import { parsePath } from "#lib/rules/template";
import { wireEvent } from "#lib/rules/wire-event";

/** Reads templates' and extractions' paths of an event. */
export function readingOf(subject: Subject): Reading {
  let roots: Record<string, Fact> | null = null;
  const text = (path: string) => {
    const parsed = parsePath(path);
    if (parsed === null) return null;
    roots ??= {
      event: toFact(wireEvent(subject)),
      raw: toFact(subject.raw),
      vars: toFact(subject.variables),
      cache: toFact(subject.cache),
    };
    return textOf(valueAt(roots, parsed));
  };
  return {
    text,
    extract(path, pattern) {
      const value = text(path);
      return value === null ? null : extract(pattern, value);
    },
  };
}
