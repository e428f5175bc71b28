"use client";

import { ErrorState } from "#components/ui/error-state";

/** A page that failed leaves the frame alive: navigation, search and shortcuts go on working. */
export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return <ErrorState title="This page could not be loaded." onRetry={retry} errorId={digest} />;
}
