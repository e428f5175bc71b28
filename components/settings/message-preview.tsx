/** A mail's HTML in a frame of its own: no scripts, no forms, no access to this page; its links open in a new tab. */
export function MessagePreview({ html, subject }: { html: string; subject: string }) {
  return (
    <iframe
      title={`Preview: ${subject}`}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={`<base target="_blank">${html}`}
      className="block h-140 w-full bg-white"
    />
  );
}
