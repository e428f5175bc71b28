"use client";

import { useState, useSyncExternalStore } from "react";
import { changesBetween } from "#lib/on-call/editor-draft";
import type { EditorDraft } from "#lib/on-call/editor-draft";
import { rebaseDraft } from "#lib/on-call/rebase-draft";

type Stored = {
  draft: EditorDraft;
  /** What was in force when it was begun. */
  base: EditorDraft;
  baseVersion: number;
  savedAt: string;
};

const listeners = new Set<() => void>();
/** What was read last, so that an unchanged text stays the same object; also where storage is switched off. */
const known = new Map<string, { text: string | null; value: Stored | null }>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(key: string): Stored | null {
  const last = known.get(key);
  let text = last?.text ?? null;
  try {
    text = localStorage.getItem(key);
  } catch {
    // Switched off: the draft lives as long as the page.
  }
  if (last?.text === text) return last.value;
  const value = text === null ? null : parse(text);
  known.set(key, { text, value });
  return value;
}

function write(key: string, value: Stored | null): void {
  const text = value === null ? null : JSON.stringify(value);
  known.set(key, { text, value });
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
}

function parse(text: string): Stored | null {
  try {
    const value: unknown = JSON.parse(text);
    return isStored(value) ? value : null;
  } catch {
    return null;
  }
}

function isStored(value: unknown): value is Stored {
  return (
    isRecord(value) &&
    typeof value["baseVersion"] === "number" &&
    typeof value["savedAt"] === "string" &&
    isDraft(value["draft"]) &&
    isDraft(value["base"])
  );
}

/** As this version of the editor writes it; what an earlier one wrote is forgotten. */
function isDraft(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value["layers"]) || !Array.isArray(value["offDuty"])) return false;
  return value["layers"].every((layer: unknown) => isRecord(layer) && Array.isArray(layer["ownHours"]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

interface Published {
  base: EditorDraft;
  version: number;
  isChanged: (draft: EditorDraft) => boolean;
}

/**
 * A draft that survives a reload, kept in this browser alone and forgotten as soon as it changes nothing. `restoredAt`: when a
 * draft from an earlier visit was written.
 */
export function useStoredDraft(key: string, { base, version, isChanged }: Published) {
  const [openedAt] = useState(() => new Date().toISOString());
  const stored = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const draft = stored?.draft ?? base;
  const begun = { base: stored?.base ?? base, baseVersion: stored?.baseVersion ?? version };
  const put = (changed: EditorDraft, on: Pick<Stored, "base" | "baseVersion">) =>
    write(key, isChanged(changed) ? { draft: changed, ...on, savedAt: new Date().toISOString() } : null);
  const rebased = rebaseDraft(begun.base, draft, base);
  return {
    draft,
    baseVersion: stored?.baseVersion ?? version,
    restoredAt: stored !== null && stored.savedAt < openedAt ? stored.savedAt : null,
    setDraft: (changed: EditorDraft) => put(changed, begun),
    /** What was published since the draft was begun, in words, and what of it the draft changes too. */
    theirs: changesBetween(begun.base, base),
    conflicts: rebased.conflicts,
    /** Goes on with the draft on top of what is in force now. */
    rebase: () => put(rebased.draft, { base, baseVersion: version }),
    /** Back to what is in force. */
    discard: () => write(key, null),
  };
}
