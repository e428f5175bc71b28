const ADDRESS = /(https?:\/\/[^\s<>"]+)/;

/** Plain text as it was sent, with its web addresses as links. */
export function LinkedText({ text }: { text: string }) {
  return (
    <p className="font-mono text-table [overflow-wrap:anywhere] whitespace-pre-wrap">
      {text.split(ADDRESS).map((part, index) =>
        index % 2 === 1 ? (
          <a
            // oxlint-disable-next-line react/no-array-index-key -- the parts of a text never change their order
            key={index}
            href={part}
            target="_blank"
            rel="noreferrer"
            className="rounded-mark text-accent underline underline-offset-3"
          >
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}
