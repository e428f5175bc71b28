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

interface CommandRegistry {
  put: (owner: string, commands: readonly Command[] | undefined) => void;
  subscribe: (listener: () => void) => () => void;
  /** The newest owner first: what belongs to the page shadows what belongs to the shell. */
  list: () => readonly Command[];
}

function createRegistry(): CommandRegistry {
  const owners = new Map<string, readonly Command[]>();
  const listeners = new Set<() => void>();
  let listed: readonly Command[] = [];
  return {
    put(owner, commands) {
      if (commands === undefined) owners.delete(owner);
      else owners.set(owner, commands);
      listed = [...owners.values()].toReversed().flat();
      for (const listener of listeners) listener();
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
export function useCommands(commands: readonly Command[]): void {
  const registry = useCommandRegistry();
  const owner = useId();
  useEffect(() => registry.put(owner, commands), [registry, owner, commands]);
  useEffect(() => () => registry.put(owner, undefined), [registry, owner]);
}

const none: readonly Command[] = [];

/** Every command on offer now. */
export function useAllCommands(): readonly Command[] {
  const registry = useCommandRegistry();
  return useSyncExternalStore(registry.subscribe, registry.list, () => none);
}
