"use client";

import { Keyboard, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCommands, type Command } from "#components/layout/commands";
import { mainItems, settingsItems, visibleItems } from "#components/layout/navigation";
import { useRootPreference } from "#components/layout/root-attribute";
import { hasPermission } from "#lib/people/permissions";
import type { Role } from "#lib/people/roles";

interface ShellCommandsProps {
  role: Role;
  onOpenPalette: () => void;
  onShowShortcuts: () => void;
}

function focusPageSearch(): void {
  document.querySelector<HTMLElement>("main [data-page-search]")?.focus();
}

/** The commands that every page has. */
export function ShellCommands({ role, onOpenPalette, onShowShortcuts }: ShellCommandsProps) {
  const router = useRouter();
  const [sidebar, setSidebar] = useRootPreference("sidebar");
  const [, setTheme] = useRootPreference("theme");

  const pages: Command[] = visibleItems([...mainItems, ...settingsItems], role).map((item) => ({
    id: `go:${item.href}`,
    title: item.label,
    section: "Go to",
    keys: item.keys,
    keywords: item.keywords,
    icon: <item.icon aria-hidden />,
    perform: () => router.push(item.href),
  }));
  const declare: Command = {
    id: "declare",
    title: "Declare incident",
    section: "Do",
    keys: "c",
    keywords: ["outage", "new incident", "raise", "create", "report a problem"],
    icon: <Plus aria-hidden />,
    perform: () => router.push("/incidents/new"),
  };
  const shell: Command[] = [
    {
      id: "palette",
      title: "Search and commands",
      section: "Everywhere",
      keys: "mod+k",
      shortcutOnly: true,
      perform: onOpenPalette,
    },
    {
      id: "shortcuts",
      title: "Keyboard shortcuts",
      section: "Everywhere",
      keys: "?",
      keywords: ["keys", "help"],
      icon: <Keyboard aria-hidden />,
      perform: onShowShortcuts,
    },
    {
      id: "page-search",
      title: "Search on this page",
      section: "Everywhere",
      keys: "/",
      shortcutOnly: true,
      perform: focusPageSearch,
    },
    {
      id: "sidebar",
      title: "Collapse or expand the sidebar",
      section: "Everywhere",
      keys: "[",
      perform: () => setSidebar(sidebar === undefined ? "collapsed" : undefined),
    },
    {
      id: "theme:light",
      title: "Light theme",
      section: "Everywhere",
      keywords: ["appearance", "day"],
      perform: () => setTheme("light"),
    },
    {
      id: "theme:dark",
      title: "Dark theme",
      section: "Everywhere",
      keywords: ["appearance", "night"],
      perform: () => setTheme("dark"),
    },
    {
      id: "theme:system",
      title: "Theme of the system",
      section: "Everywhere",
      keywords: ["appearance", "auto"],
      perform: () => setTheme(undefined),
    },
  ];
  useCommands([...(hasPermission(role, "incident.declare") ? [declare] : []), ...pages, ...shell], "shell");
  return null;
}
