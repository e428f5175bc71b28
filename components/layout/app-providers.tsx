"use client";

import type { ReactNode } from "react";
import { AnnouncerProvider } from "#components/layout/announcer";
import { CommandRegistryProvider } from "#components/layout/commands";
import { LiveStatusProvider } from "#components/layout/live-status";
import { PageTrailProvider } from "#components/layout/page-trail";
import { QueryProvider } from "#components/layout/query-provider";
import { TimeCardProvider } from "#components/time/time-card";
import { ViewerProvider, type Viewer } from "#components/time/viewer";
import { Toaster } from "#components/ui/toaster";
import { TooltipProvider } from "#components/ui/tooltip";

interface AppProvidersProps {
  viewer: Viewer;
  serverNow: string;
  children: ReactNode;
}

export function AppProviders({ viewer, serverNow, children }: AppProvidersProps) {
  return (
    <QueryProvider>
      <ViewerProvider viewer={viewer} serverNow={serverNow}>
        <AnnouncerProvider>
          <LiveStatusProvider>
            <CommandRegistryProvider>
              <PageTrailProvider>
                <TooltipProvider>
                  <TimeCardProvider>{children}</TimeCardProvider>
                </TooltipProvider>
              </PageTrailProvider>
            </CommandRegistryProvider>
          </LiveStatusProvider>
        </AnnouncerProvider>
        <Toaster />
      </ViewerProvider>
    </QueryProvider>
  );
}
