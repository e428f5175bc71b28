import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openApiDocument } from "#lib/http/openapi";
import { API_ROUTES } from "#lib/http/api/registry";

const folder = fileURLToPath(new URL("../../../app/api/v2", import.meta.url));

/** `GET /users/{id}` for each method that a route file exports. */
function routesOnDisk(): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith("route.ts"),
  );
  return files
    .filter((file) => !file.startsWith("[...rest]") && !file.startsWith("openapi.json"))
    .flatMap((file) => {
      const path = `/${file.replace(/\/route\.ts$/, "").replaceAll(/\[(\w+)\]/g, "{$1}")}`;
      const text = readFileSync(`${folder}/${file}`, "utf8");
      return [...text.matchAll(/as (GET|POST|PUT|DELETE)\b/g)].map(([, method]) => `${method} ${path}`);
    });
}

it("describes exactly the routes that exist", () => {
  const registered = API_ROUTES.map(({ spec }) => `${spec.method.toUpperCase()} ${spec.path}`);
  expect(registered.toSorted()).toEqual(routesOnDisk().toSorted());
  expect(new Set(registered).size).toBe(registered.length);
});

it("keeps route files free of logic", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith("route.ts"),
  );
  expect(files.length).toBeGreaterThan(25);
  const withLogic = files.filter((file) => /function|=>/.test(readFileSync(`${folder}/${file}`, "utf8")));
  expect(withLogic).toEqual([]);
});

it("makes an OpenAPI document with parameters, bodies and errors", () => {
  const document = openApiDocument(
    API_ROUTES.map(({ spec }) => spec),
    "https://touchline.example.com/api/v2",
  );
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path)) as {
    operationId: string;
  }[];
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(API_ROUTES.length);
  expect(document.paths["/incidents"]?.["get"]).toMatchObject({
    operationId: "getIncidents",
    parameters: expect.arrayContaining([
      expect.objectContaining({ name: "statuses[]", in: "query" }),
      expect.objectContaining({ name: "limit", in: "query" }),
    ]),
  });
  expect(document.paths["/incidents/{id}"]?.["put"]).toMatchObject({
    parameters: [
      { name: "id", in: "path", required: true },
      { name: "From", in: "header" },
    ],
    requestBody: { content: { "application/json": { schema: { required: ["incident"] } } } },
    responses: { 200: {}, default: { $ref: "#/components/responses/Error" } },
  });
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});
