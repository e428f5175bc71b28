import { env as variables } from "node:process";
import type { AuthOptions, User } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { database } from "#db/client";
import { safeNextPath } from "#lib/auth/next-path";
import { SESSION_SECONDS, secureCookies, sessionSecret } from "#lib/auth/session-cookie";
import { signInWithPassword, signInWithProvider } from "#lib/auth/sign-in";
import type { SignedIn } from "#lib/auth/sign-in";
import { env } from "#lib/env";
import type { Env } from "#lib/env";
import { clientIp } from "#lib/http/client-ip";
import { log } from "#lib/log";
import { verifiedAddress } from "#lib/auth/verified-address";

/** The error code that the sign-in page explains as too many attempts. */
const TOO_MANY_ATTEMPTS = "TooManyAttempts";

const credentials = z.object({ email: z.string(), password: z.string() });
const claims = z.object({
  sub: z.string(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
});

function passwordProvider() {
  return CredentialsProvider({
    credentials: { email: {}, password: {} },
    authorize: async (given, request): Promise<User | null> => {
      const input = credentials.safeParse(given);
      if (!input.success) return null;
      const header = (name: string) => z.string().optional().catch(undefined).parse(request.headers?.[name]);
      const ip = clientIp(header, env());
      const result = await signInWithPassword(database(), { ...input.data, ip });
      if (result === "too_many") throw new Error(TOO_MANY_ATTEMPTS);
      if (result === "wrong") {
        log().info({ ip }, "sign-in refused");
        return null;
      }
      return asUser(result);
    },
  });
}

function oidcProvider(oidc: NonNullable<Env["oidc"]>): OAuthConfig<unknown> {
  return {
    id: "oidc",
    name: oidc.name,
    type: "oauth",
    wellKnown: `${oidc.issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    profile: (profile) => {
      const claim = claims.parse(profile);
      return {
        id: claim.sub,
        name: claim.name ?? claim.preferred_username ?? null,
        email: claim.email ?? null,
      };
    },
  };
}

/** next-auth's user carries the person's id and session version into the token. */
function asUser(person: SignedIn): User {
  return { id: `${person.id}:${person.sessionVersion}`, name: person.name, email: person.email };
}

function asClaims(id: string) {
  const [userId = "", version = ""] = id.split(":");
  return { sub: userId, userId, sessionVersion: Number(version) };
}

const callbacks: AuthOptions["callbacks"] = {
  async signIn({ user, account, profile }) {
    if (account?.provider !== "oidc") return true;
    const email = verifiedAddress(profile, { trustsAddresses: env().oidc?.trustsAddresses ?? false });
    const person = email === null ? null : await signInWithProvider(database(), email);
    if (!person) return false;
    Object.assign(user, asUser(person));
    return true;
  },
  // The token carries nothing but who and which session version: everything else is read anew with each request.
  jwt: ({ token, user }) => (user ? asClaims(user.id) : token),
  redirect: ({ url, baseUrl }) => `${baseUrl}${safeNextPath(url, baseUrl)}`,
};

/** next-auth's settings. It takes its own address from the process's environment only, so that is where it is put. */
export function authOptions(): AuthOptions {
  variables["NEXTAUTH_URL"] = env().url;
  const { oidc } = env();
  return {
    secret: sessionSecret(),
    useSecureCookies: secureCookies(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: oidc ? [oidcProvider(oidc), passwordProvider()] : [passwordProvider()],
    callbacks,
    logger: {
      error: (code) => log().warn({ code }, "sign-in failed"),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}
