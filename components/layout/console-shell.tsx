"use client";

import type { Route } from "next";
import { useRef, type ReactNode } from "react";
import { z } from "zod";
import type { ShellUser } from "#components/layout/account-menu";
import { AppShell } from "#components/layout/app-shell";
import { LiveConnection } from "#components/live/live-connection";
import type { PaletteResult } from "#components/layout/palette-search";
import type { Viewer } from "#components/time/viewer";

const answerSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      section: z.string(),
      title: z.string(),
      note: z.string().nullable(),
      href: z.string(),
    }),
  ),
});

async function search(query: string, signal: AbortSignal): Promise<readonly PaletteResult[]> {
  const response = await fetch(`/api/ui/search?q=${encodeURIComponent(query)}`, { signal });
  if (!response.ok) throw new Error("The search did not answer.");
  return answerSchema.parse(await response.json()).data.map(({ note, href, ...result }) => ({
    ...result,
    ...(note === null ? {} : { note }),
    // The server makes these addresses from the app's own routes.
    href: href as Route,
  }));
}

interface ConsoleShellProps {
  user: ShellUser;
  viewer: Viewer;
  serverNow: string;
  unackedCount: number;
  contextStrip: ReactNode;
  children: ReactNode;
}

/** The frame of a signed-in page, wired to the server: live changes, search, signing out. */
export function ConsoleShell({ children, ...frame }: ConsoleShellProps) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <AppShell
      {...frame}
      organisation="Touchline"
      search={search}
      onSignOut={() => form.current?.requestSubmit()}
    >
      <form ref={form} method="post" action="/sign-out" hidden />
      <LiveConnection>{children}</LiveConnection>
    </AppShell>
  );
}
