import { CodeBlock } from "#components/ui/code-block";

/** A key in the one moment in which it can be seen, with a request to try it by. */
export function NewKey({ value, baseUrl }: { value: string; baseUrl: string }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-body text-text-2">
        It is not kept in a form that could be shown again. Give it to whoever needs it, then close this.
      </p>
      <CodeBlock name="API key" code={value} wrap />
      <div>
        <p className="mb-1.5 text-table font-medium">Try it</p>
        <CodeBlock
          name="Example request"
          code={`curl -sS '${baseUrl}/api/v2/incidents?limit=1' \\\n  -H 'Authorization: Token token=${value}'`}
          wrap
        />
      </div>
    </div>
  );
}
