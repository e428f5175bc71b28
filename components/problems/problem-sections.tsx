import { LinkTabs } from "#components/ui/tabs";

/** The pages of problem management. */
export function ProblemSections({ suggestions }: { suggestions: number }) {
  return (
    <LinkTabs
      label="Problem management"
      tabs={[
        { href: "/problems", label: "Problems", exact: true },
        { href: "/problems/suggestions", label: "Suggestions", count: suggestions },
        { href: "/problems/actions", label: "Actions" },
        { href: "/problems/reviews", label: "Reviews" },
      ]}
    />
  );
}
