import { permanentRedirect } from "next/navigation";

/** The short address that messages carry. */
export default async function ShortIncidentPage({ params }: { params: Promise<{ ref: string }> }) {
  permanentRedirect(`/incidents/${encodeURIComponent((await params).ref)}`);
}
