import type { Metadata, Route } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "#components/auth/sign-in-form";
import { csrfCookieName, readCsrfToken } from "#lib/auth/csrf";
import { safeNextPath } from "#lib/auth/next-path";
import { currentContext } from "#lib/auth/session";
import { signInErrorSentence } from "#lib/auth/sign-in-error";
import { env } from "#lib/env";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const query = await searchParams;
  const one = (name: string) => [query[name]].flat()[0];
  const { origin } = new URL(env().url);
  const next = safeNextPath(one("next") ?? one("callbackUrl"), origin);
  if (await currentContext()) redirect(next as Route);

  const csrfToken = readCsrfToken((await cookies()).get(csrfCookieName())?.value);
  // A page can't set cookies: next-auth's route does, and comes back here with `callbackUrl`.
  if (csrfToken === null && one("callbackUrl") === undefined) {
    redirect(`/api/auth/signin?callbackUrl=${encodeURIComponent(next)}` as Route);
  }
  return (
    <SignInForm
      csrfToken={csrfToken}
      next={next}
      error={signInErrorSentence(one("error"))}
      signedOut={one("signed_out") !== undefined}
      providerName={env().oidc?.name ?? null}
    />
  );
}
