import { z } from "zod";

const claims = z.object({
  email: z.string().min(1),
  // Some providers write it as a word.
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
});

/**
 * The address of an identity provider's claims, if it vouches for it: whoever may write any address into their account there would sign in as
 * its owner here. `trustsAddresses`: silence counts as yes, since some providers never say; a no stays a no.
 */
export function verifiedAddress(
  profile: unknown,
  { trustsAddresses }: { trustsAddresses: boolean },
): string | null {
  const parsed = claims.safeParse(profile);
  if (!parsed.success) return null;
  return (parsed.data.email_verified ?? trustsAddresses) ? parsed.data.email : null;
}
