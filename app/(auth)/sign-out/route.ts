export { handleSignOut as POST } from "#lib/auth/sign-out";
