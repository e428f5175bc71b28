import { KeyRound } from "lucide-react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";

interface SignInFormProps {
  /** Null: the browser keeps no cookies, without which nobody can sign in. */
  csrfToken: string | null;
  next: string;
  error: string | null;
  signedOut: boolean;
  /** The identity provider's name; null: passwords only. */
  providerName: string | null;
}

/** Plain forms: they work before any script has loaded, and without one. */
export function SignInForm({ csrfToken, next, error, signedOut, providerName }: SignInFormProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 bg-canvas px-4 py-10">
      <div className="flex w-full max-w-sm flex-col gap-5 rounded-card border bg-surface p-6">
        <header className="flex flex-col gap-1">
          <p className="text-table font-semibold text-text-2">Touchline</p>
          <h1 className="text-title font-semibold">Sign in</h1>
        </header>
        <Notice error={error} signedOut={signedOut} cookies={csrfToken !== null} />
        {csrfToken === null ? null : (
          <>
            {providerName === null ? null : (
              <>
                <ProviderForm csrfToken={csrfToken} next={next} name={providerName} />
                <p className="flex items-center gap-3 text-meta text-text-3 before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
                  or with a password
                </p>
              </>
            )}
            <PasswordForm csrfToken={csrfToken} next={next} primary={providerName === null} />
          </>
        )}
      </div>
      <p className="max-w-sm text-center text-meta text-text-3">
        Paged right now? The link in the message acknowledges without signing in.
      </p>
    </main>
  );
}

function Notice({
  error,
  signedOut,
  cookies,
}: {
  error: string | null;
  signedOut: boolean;
  cookies: boolean;
}) {
  if (!cookies) {
    return (
      <Callout tone="danger" title="This browser keeps no cookies for this site">
        Signing in needs one. Allow cookies for this address, then reload the page.
      </Callout>
    );
  }
  if (error !== null) {
    return (
      <div role="alert">
        <Callout tone="danger">{error}</Callout>
      </div>
    );
  }
  return signedOut ? <Callout tone="success">You are signed out in this browser.</Callout> : null;
}

interface FormProps {
  csrfToken: string;
  next: string;
}

function ProviderForm({ csrfToken, next, name }: FormProps & { name: string }) {
  return (
    <form method="post" action="/api/auth/signin/oidc" className="flex flex-col">
      <input type="hidden" name="csrfToken" value={csrfToken} />
      <input type="hidden" name="callbackUrl" value={next} />
      <Button type="submit" variant="primary" icon={<KeyRound aria-hidden />}>
        Continue with {name}
      </Button>
    </form>
  );
}

function PasswordForm({ csrfToken, next, primary }: FormProps & { primary: boolean }) {
  return (
    <form method="post" action="/api/auth/callback/credentials" className="flex flex-col gap-4">
      <input type="hidden" name="csrfToken" value={csrfToken} />
      <input type="hidden" name="callbackUrl" value={next} />
      <Field label="E-mail">
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            required
            maxLength={254}
            spellCheck={false}
          />
        )}
      </Field>
      <Field label="Password" hint="Forgotten? An administrator can set a new one for you.">
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={256}
          />
        )}
      </Field>
      <Button type="submit" variant={primary ? "primary" : "secondary"}>
        Sign in
      </Button>
    </form>
  );
}
