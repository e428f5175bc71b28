"use client";

import { ErrorState } from "#components/ui/error-state";

export default function ReportError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return <ErrorState title="The report could not be computed." onRetry={retry} errorId={digest} />;
}
