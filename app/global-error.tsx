"use client";

import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import "./globals.css";

/** Replaces the whole document when even the shell failed, so it relies on nothing but its own markup. */
export default function GlobalError({ error, retry }: { error: unknown; retry?: () => void }) {
  const digest = digestOf(error);
  return (
    <html lang="en">
      <body>
        <title>Something failed · Touchline</title>
        <main className="mx-auto flex min-h-dvh max-w-prose flex-col items-start justify-center gap-2 px-6">
          <h1 className="text-title font-semibold tracking-tight">This page could not be shown</h1>
          <p className="text-body text-text-2">
            Paging does not depend on it: alerts are still taken in and people are still reached. Reply to the
            message that reached you to acknowledge.
          </p>
          <div className="mt-4 flex flex-wrap items-center gap-3">
            <Button variant="primary" onClick={() => (retry === undefined ? location.reload() : retry())}>
              Try again
            </Button>
            {digest === undefined ? null : (
              <span className="inline-flex items-center gap-1 text-meta text-text-3">
                Error <code className="font-mono">{digest}</code>
                <CopyButton value={digest} name="error id" />
              </span>
            )}
          </div>
        </main>
      </body>
    </html>
  );
}

function digestOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
