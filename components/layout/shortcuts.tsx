"use client";

import { useEffect, useRef } from "react";
import { useCommandRegistry } from "#components/layout/commands";
import { followSequence, pressName, sequenceTimeout } from "#components/layout/key-sequence";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"))
  );
}

function accepts(event: KeyboardEvent, mod: boolean): boolean {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return false;
  if (mod) return true;
  if (document.documentElement.dataset["singleKeys"] === "off" || isTyping(event.target)) return false;
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") === null;
}

/** Listens for the keys of the registered commands. Single keys rest in fields, under dialogs and when switched off. */
export function ShortcutListener() {
  const registry = useCommandRegistry();
  const pending = useRef({ keys: "", at: 0 });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const mod = event.metaKey || event.ctrlKey;
      if (!accepts(event, mod) || ["Shift", "Control", "Meta", "Alt"].includes(event.key)) return;
      const commands = registry.list().filter((command) => command.keys !== undefined);
      const started = event.timeStamp - pending.current.at < sequenceTimeout ? pending.current.keys : "";
      const next = followSequence(
        commands.map((command) => command.keys ?? ""),
        started,
        pressName({ key: event.key, mod }),
      );
      pending.current = { keys: next.pending, at: event.timeStamp };
      if (next.match === undefined) return;
      event.preventDefault();
      commands.find((command) => command.keys === next.match)?.perform();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [registry]);
  return null;
}
