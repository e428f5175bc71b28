import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/link";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-[60dvh] max-w-prose flex-col items-start justify-center gap-2 px-6 py-16">
      <p className="font-mono text-table text-text-3">404</p>
      <h1 className="text-title font-semibold tracking-tight">This page does not exist</h1>
      <p className="text-body text-text-2">
        The link may be old, or what it named was deleted. Incidents are reachable by their number alone.
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <ButtonLink href="/" variant="primary">
          Home
        </ButtonLink>
        <ButtonLink href="/incidents">Search incidents</ButtonLink>
        <ButtonLink href="/on-call">Who is on call</ButtonLink>
      </div>
    </main>
  );
}
