// Settings of a deployment that a shell may have: they must not reach tests.
const SETTINGS =
  /^(DATABASE_|TOUCHLINE_|OIDC_|SMTP_|MAIL_|INTAKE_|INBOX_|PG)|^(PORT|HOST|LOG_LEVEL|NODE_ENV|NODE_OPTIONS)$/;

/** Unsets, when it is laid over the environment, whatever there would change how Touchline behaves. */
export function neutralEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, undefined> {
  return Object.fromEntries(
    Object.keys(env).flatMap((name) => (SETTINGS.test(name) ? [[name, undefined]] : [])),
  );
}
