"use client";

import dynamic from "next/dynamic";
import { useEffect, useState, type ReactNode } from "react";
import { AccountMenu, type ShellUser } from "#components/layout/account-menu";
import { AppProviders } from "#components/layout/app-providers";
import { BottomBar } from "#components/layout/bottom-bar";
import { DocumentBadge } from "#components/layout/document-badge";
import { HeaderBar } from "#components/layout/header-bar";
import { LiveNotice } from "#components/layout/live-indicator";
import type { PaletteSearch } from "#components/layout/palette-search";
import { RouteFocus } from "#components/layout/route-focus";
import { ShellCommands } from "#components/layout/shell-commands";
import { ShortcutListener } from "#components/layout/shortcuts";
import { ShortcutSheet } from "#components/layout/shortcut-sheet";
import { Sidebar } from "#components/layout/sidebar";
import type { Viewer } from "#components/time/viewer";
import { hasPermission } from "#lib/people/permissions";

const loadPalette = () =>
  import("#components/layout/command-palette").then((module) => module.CommandPalette);
const CommandPalette = dynamic(loadPalette, { ssr: false });

export interface AppShellProps {
  user: ShellUser;
  organisation: string;
  viewer: Viewer;
  /** The server's instant of rendering, ISO 8601. */
  serverNow: string;
  /** Unacknowledged incidents assigned to this person or their teams. */
  unackedCount: number;
  /** At most one line: the on-call pill, or the open major incident. */
  contextStrip?: ReactNode;
  /** The team scope switch beside the crumbs. */
  scope?: ReactNode;
  search?: PaletteSearch;
  onSignOut?: () => void;
  children: ReactNode;
}

/** Everything around a signed-in page: navigation, header, live state, commands, announcements. */
export function AppShell(props: AppShellProps) {
  return (
    <AppProviders viewer={props.viewer} serverNow={props.serverNow}>
      <Frame {...props} />
    </AppProviders>
  );
}

function Frame(props: AppShellProps) {
  const { user, organisation, unackedCount, contextStrip, scope, search, onSignOut, children } = props;
  const [palette, setPalette] = useState<"unloaded" | "closed" | "open">("unloaded");
  const [sheetOpen, setSheetOpen] = useState(false);
  useEffect(() => {
    // Idle time pays for the palette's code, so the first ⌘K opens at once.
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), 3000);
    return () => clearTimeout(timer);
  }, []);
  const openPalette = () => setPalette("open");
  const showShortcuts = () => setSheetOpen(true);
  const account = { user, onShowShortcuts: showShortcuts, onSignOut };

  return (
    <div className="isolate flex min-h-dvh">
      <a
        data-screen
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-ink px-3 py-2 text-body font-medium text-on-ink focus:translate-y-0"
      >
        Skip to content
      </a>
      <Sidebar
        organisation={organisation}
        role={user.role}
        unackedCount={unackedCount}
        account={<AccountMenu {...account} inSidebar />}
      />
      <div className="flex min-w-0 flex-1 flex-col">
        <HeaderBar
          canDeclare={hasPermission(user.role, "incident.declare")}
          scope={scope}
          onOpenPalette={openPalette}
        />
        <LiveNotice />
        {contextStrip}
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-360 flex-1 px-4 pt-5 pb-[calc(var(--bottom-bar-height)+32px)] outline-none md:px-6"
        >
          {children}
        </main>
      </div>
      <BottomBar role={user.role} unackedCount={unackedCount} account={<AccountMenu {...account} />} />
      <ShellCommands role={user.role} onOpenPalette={openPalette} onShowShortcuts={showShortcuts} />
      <ShortcutListener />
      <RouteFocus />
      <DocumentBadge count={unackedCount} />
      <ShortcutSheet open={sheetOpen} onOpenChange={setSheetOpen} />
      {palette === "unloaded" ? null : (
        <CommandPalette
          open={palette === "open"}
          onOpenChange={(open) => setPalette(open ? "open" : "closed")}
          search={search}
        />
      )}
    </div>
  );
}
