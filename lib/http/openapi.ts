import { z } from "zod";
import type { ApiSpec } from "#lib/http/api-route";

type Spec = ApiSpec<unknown, unknown>;
type JsonSchema = Record<string, unknown>;

const errorSchema = z.object({
  error: z.object({
    message: z.string(),
    code: z.number().int(),
    errors: z.array(z.string()).optional(),
  }),
});

/** The OpenAPI 3.1 document of these endpoints, from the same schemas that check their requests. */
export function openApiDocument(specs: readonly Spec[], server: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const spec of specs) {
    const operations = paths[spec.path] ?? {};
    operations[spec.method] = operationOf(spec);
    paths[spec.path] = operations;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Touchline",
      version: "2",
      description:
        "Shapes follow the PagerDuty REST API v2, extended additively. `Authorization: Token token=<key>` or `Bearer <key>`.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: server }],
    security: [{ key: [] }],
    tags: [...new Set(specs.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: "apiKey", in: "header", name: "Authorization", description: "`Token token=<key>`" },
      },
      schemas: { Error: schemaOf(errorSchema) },
      responses: {
        Error: {
          description: "A refusal: its number, its text, and a sentence for each fault.",
          content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
        },
      },
    },
  };
}

function operationOf(spec: Spec) {
  const status = String(spec.status ?? 200);
  const parameters = [...pathParameters(spec.path), ...queryParameters(spec), ...fromHeader(spec)];
  return {
    operationId: `${spec.method}${spec.path.replaceAll(/[{}]/g, "").replaceAll(/[/_](\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: spec.summary,
    tags: [spec.tag],
    ...(parameters.length > 0 && { parameters }),
    ...bodyOf(spec),
    responses: {
      [status]: status === "204" ? { description: "Done" } : jsonResponse(spec.response),
      default: { $ref: "#/components/responses/Error" },
    },
  };
}

function jsonResponse(response: z.ZodType | undefined) {
  const schema = response ? schemaOf(response) : { type: "object" };
  return { description: "OK", content: { "application/json": { schema } } };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters({ query }: Spec) {
  if (!query) return [];
  const { properties = {} } = schemaOf(query) as { properties?: Record<string, JsonSchema> };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name: schema["type"] === "array" ? `${name}[]` : name,
    in: "query",
    ...(description !== undefined && { description }),
    schema,
  }));
}

function fromHeader({ from, method }: Spec) {
  if (method === "get") return [];
  const description =
    "E-mail address of the person for whom an account key acts. A person's own key needs none.";
  return [
    {
      name: "From",
      in: "header",
      required: false,
      description: from ? `${description} Required with an account key.` : description,
      schema: { type: "string", format: "email" },
    },
  ];
}

function bodyOf({ root, body }: Spec) {
  if (root === undefined) return {};
  const inner = body ? schemaOf(body) : { type: "object" };
  const schema = root === null ? inner : { type: "object", required: [root], properties: { [root]: inner } };
  return { requestBody: { required: true, content: { "application/json": { schema } } } };
}

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return json;
}
