/** What the sign-in page says for each code in `?error=`, with what to do about it. None of them tells whether an account exists. */
const SENTENCES: Record<string, string> = {
  CredentialsSignin:
    "That e-mail address and password don't belong together. Check both; if it goes on, an administrator can set a new password for you.",
  TooManyAttempts:
    "There were too many attempts. Wait 15 minutes and try again; on-call pages can still be acknowledged from their links.",
  AccessDenied:
    "Your identity provider knows you, but nobody here has that verified e-mail address. Ask an administrator to add you.",
  OAuthSignin: "Single sign-on can't be reached. Try again, or sign in with your password.",
  OAuthCallback: "Single sign-on did not finish. Try again, or sign in with your password.",
  Callback: "Single sign-on did not finish. Try again, or sign in with your password.",
  SessionRequired: "Your session has ended. Sign in to go on.",
  Configuration: "Sign-in is not set up correctly. The server's log tells an administrator what is wrong.",
};

export function signInErrorSentence(code: string | undefined): string | null {
  if (code === undefined) return null;
  return (
    SENTENCES[code] ??
    "Signing in did not work. Try again; if it goes on, ask an administrator to look at the server's log."
  );
}
