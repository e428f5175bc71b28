"use client";

import { createContext, useContext } from "react";
import type { PersonChoice } from "#components/schedules/override-dialog";

/** What all fields of the editor need. */
export type EditorContextValue = {
  people: readonly PersonChoice[];
  timeZone: string;
  /** Messages for one field by its path, as "layers.0.rotation.length". */
  errorsFor: (path: string) => string[];
};

const EditorContext = createContext<EditorContextValue>({
  people: [],
  timeZone: "Etc/UTC",
  errorsFor: () => [],
});

export const EditorProvider = EditorContext.Provider;

export function useEditor(): EditorContextValue {
  return useContext(EditorContext);
}
