import type { EditorDraft, EditorLayer } from "#lib/on-call/editor-draft";

export type Rebased = {
  /** What one wrote, put on what was published meanwhile. */
  draft: EditorDraft;
  /** What both changed, in words; one's own is in the draft. */
  conflicts: string[];
};

const SETTINGS = {
  name: "Name",
  description: "Description",
  timeZone: "Time zone",
  teamId: "Team",
  offDuty: "Off-duty times",
} as const;
const FIELDS = {
  name: "name",
  turns: "people",
  rotation: "rotation",
  restrictions: "hours",
  ownHours: "hours of each member",
  startsAt: "start",
  endsAt: "end",
  together: "beside or over the layers below",
} as const;

/**
 * Puts a draft on another published version: what it doesn't change is theirs, what only it changes is its own, and what both changed
 * stays its own and is named. `base` is what the draft was begun on. The order of layers is theirs unless only the draft changed it.
 */
export function rebaseDraft(base: EditorDraft, mine: EditorDraft, theirs: EditorDraft): Rebased {
  const settings = pick(base, mine, theirs, SETTINGS);
  const layers: EditorLayer[] = [];
  const conflicts = [...settings.conflicts];
  for (const layer of orderOf(base, mine, theirs)) {
    const [was, own, other] = [base, mine, theirs].map(({ layers: list }) =>
      list.find(({ key }) => key === layer),
    );
    if (!was) {
      const added = own ?? other;
      if (added) layers.push(added);
    } else if (own && other) {
      const merged = pick(was, own, other, FIELDS);
      layers.push({ ...other, ...merged.values });
      conflicts.push(...merged.conflicts.map((field) => `Layer ${own.name}: ${field}`));
    } else if (own && !isSame(was, own)) {
      layers.push({ ...own, id: null });
      conflicts.push(`Layer ${own.name}: ended by them, kept as a new one`);
    } else if (other && !isSame(was, other)) {
      conflicts.push(`Layer ${was.name}: changed by them, ended by you`);
    }
  }
  return { draft: { ...theirs, ...settings.values, layers }, conflicts };
}

/** The keys of all layers, from the lowest: what the other side put in keeps its place from the top. */
function orderOf(base: EditorDraft, mine: EditorDraft, theirs: EditorDraft): string[] {
  const keys = ({ layers }: EditorDraft) => layers.map(({ key }) => key);
  const common = (list: string[]) =>
    list.filter((key) => keys(base).includes(key) && keys(theirs).includes(key));
  const isReordered = !isSame(
    common(keys(mine)),
    common(keys(base)).filter((key) => keys(mine).includes(key)),
  );
  const [first, second] = isReordered ? [keys(mine), keys(theirs)] : [keys(theirs), keys(mine)];
  return [...new Set([...first, ...second])];
}

function pick<T extends object, F extends { [K in keyof T]?: string }>(
  base: T,
  mine: T,
  theirs: T,
  fields: F,
) {
  const values: Partial<T> = {};
  const conflicts: string[] = [];
  for (const [field, label] of Object.entries(fields) as [keyof T, string][]) {
    if (isSame(base[field], mine[field])) continue;
    values[field] = mine[field];
    const isTheirs = !isSame(base[field], theirs[field]) && !isSame(mine[field], theirs[field]);
    if (isTheirs) conflicts.push(label);
  }
  return { values, conflicts };
}

/** Turns are compared by their people: their keys are the editor's own. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, withoutKeys) === JSON.stringify(b, withoutKeys);
}

function withoutKeys(name: string, value: unknown): unknown {
  return name === "key" ? undefined : value;
}
