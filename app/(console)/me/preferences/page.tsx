import type { Metadata } from "next";
import { PreferencesCard } from "#components/people/preferences-card";

export const metadata: Metadata = { title: "Your preferences" };

export default function MyPreferencesPage() {
  return <PreferencesCard />;
}
