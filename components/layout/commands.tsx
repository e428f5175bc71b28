"use client";

import {
  createContext,
  useContext,
  useEffect,
  useId,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";

/** Something a person can go to or do, from the palette, by a shortcut, or both. */
export interface Command {
  id: string;
  /** A verb and its object, or the name of a page. */
  title: string;
  /** The heading it stands under: "Go to", "This incident". */
  section: string;
  /** "a", "g i", "mod+k", "X" for shift and x. */
  keys?: string;
  /** Other words people use for it. */
  keywords?: readonly string[];
  icon?: ReactNode;
  /** A shortcut that makes no sense as a row of the palette. */
  shortcutOnly?: boolean;
  /** Destructive: the palette shows this text and wants Enter once more. */
  confirm?: string;
  perform: () => void;
}

/** Commands of the page stand before those of the shell and shadow their keys. */
export type CommandLayer = "page" | "shell";

interface CommandRegistry {
  put: (owner: string, layer: CommandLayer, commands: readonly Command[]) => void;
  drop: (owner: string) => void;
  subscribe: (listener: () => void) => () => void;
  /** Page before shell; within the page, what came on screen last comes first. */
  list: () => readonly Command[];
}

function createRegistry(): CommandRegistry {
  const owners = new Map<string, { layer: CommandLayer; commands: readonly Command[] }>();
  const listeners = new Set<() => void>();
  let listed: readonly Command[] = [];
  const changed = () => {
    const entries = [...owners.values()].toReversed();
    const of = (layer: CommandLayer) =>
      entries.filter((entry) => entry.layer === layer).flatMap((entry) => entry.commands);
    listed = [...of("page"), ...of("shell")];
    for (const listener of listeners) listener();
  };
  return {
    put(owner, layer, commands) {
      owners.set(owner, { layer, commands });
      changed();
    },
    drop(owner) {
      owners.delete(owner);
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    list: () => listed,
  };
}

const RegistryContext = createContext<CommandRegistry | undefined>(undefined);

export function CommandRegistryProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createRegistry);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

export function useCommandRegistry(): CommandRegistry {
  const registry = useContext(RegistryContext);
  if (registry === undefined) throw new Error("useCommandRegistry needs a CommandRegistryProvider above it");
  return registry;
}

/** Offers commands for as long as the calling component is on screen. */
export function useCommands(commands: readonly Command[], layer: CommandLayer = "page"): void {
  const registry = useCommandRegistry();
  const owner = useId();
  useEffect(() => registry.put(owner, layer, commands), [registry, owner, layer, commands]);
  useEffect(() => () => registry.drop(owner), [registry, owner]);
}

const none: readonly Command[] = [];

/** Every command on offer now. */
export function useAllCommands(): readonly Command[] {
  const registry = useCommandRegistry();
  return useSyncExternalStore(registry.subscribe, registry.list, () => none);
}
