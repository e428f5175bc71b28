import Markdown from "react-markdown";

// Markup in the text stays text; addresses other than http, https and mailto lose their target.
const ALLOWED = [
  "p",
  "ul",
  "ol",
  "li",
  "strong",
  "em",
  "code",
  "pre",
  "blockquote",
  "a",
  "br",
  "h3",
  "h4",
  "hr",
];

/** Text that people wrote in Markdown, rendered inert: no HTML, no pictures, no scripts. */
export function Prose({ children }: { children: string }) {
  return (
    <div className="flex flex-col gap-2 text-body [overflow-wrap:anywhere] [&_a]:text-accent [&_a]:underline [&_blockquote]:border-l-2 [&_blockquote]:pl-3 [&_code]:font-mono [&_h3]:font-semibold [&_ol]:list-decimal [&_ol]:pl-5 [&_pre]:overflow-x-auto [&_pre]:rounded-card [&_pre]:bg-sunken [&_pre]:p-2 [&_ul]:list-disc [&_ul]:pl-5">
      <Markdown
        allowedElements={ALLOWED}
        unwrapDisallowed
        components={{
          a: ({ href, children: label }) => (
            <a href={href} rel="noreferrer nofollow">
              {label}
            </a>
          ),
        }}
      >
        {children}
      </Markdown>
    </div>
  );
}
