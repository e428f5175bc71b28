import { expect } from "@playwright/test";
import { z } from "zod";
import { test } from "#e2e/fixtures";
import { JSON_VENDOR_ID } from "#lib/events/sources/products";

const made = z.object({ integration: z.object({ id: z.string(), integration_key: z.string() }) });

test("a mapping is written by keyboard against a pasted message, put in force, and opens an alert", async ({
  api,
  app,
  duty,
  signInAs,
}) => {
  const { service } = duty;
  const answer = await api.call("POST", `/services/${service.id}/integrations`, {
    integration: {
      type: "integration",
      name: "Gate sensors",
      vendor: { id: JSON_VENDOR_ID, type: "vendor_reference" },
    },
  });
  const { id, integration_key: key } = made.parse(answer.body).integration;
  const page = await signInAs("manager");
  await page.goto(`/services/${service.id}/integrations/${id}`);
  const card = page.getByRole("region", { name: "Mapping of JSON" });
  const items = card.getByRole("list", { name: "What each item becomes" });
  const fill = async (label: string, text: string) => {
    await card.getByLabel(label, { exact: true }).focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(text);
  };

  await test.step("a pasted message is read as far as the default knows its names", async () => {
    await fill(
      "Message",
      JSON.stringify({
        site: "fra",
        gates: [
          { gate: 7, alarm: true, why: "forced" },
          { gate: 8, alarm: false, why: "shut" },
        ],
      }),
    );
    await expect(items).toContainText("summary and dedupKey: both are empty");
  });

  await test.step("an expression that is not understood is marked at its place, and can't be published", async () => {
    await fill("Items", "body.gates");
    await fill("Summary", '"Gate " + string(item.gate) + ": " + item.why +');
    await expect(card.getByText(/^Not understood/)).toBeVisible();
    await expect(card.getByText(/at character 48/)).toBeVisible();
    await expect(card.getByRole("button", { name: "Publish mapping" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
  });

  await test.step("repaired, the preview says what each item becomes", async () => {
    await fill("Summary", '"Gate " + string(item.gate) + ": " + item.why');
    await fill("Key", 'body.site + "/" + string(item.gate)');
    await fill("State", "item.alarm");
    await expect(items.getByRole("listitem").first()).toContainText("Gate 7: forced");
    await expect(items.getByRole("listitem").first()).toContainText("fra/7");
    await expect(items.getByRole("listitem").nth(1)).toContainText("resolve");
  });

  await test.step("published by Enter, it is in force", async () => {
    await card.getByRole("button", { name: "Publish mapping" }).focus();
    await page.keyboard.press("Enter");
    await expect(card.getByText("Version 1 reads messages")).toBeVisible();
  });

  await test.step("a message like it opens an alert", async () => {
    await expect(async () => {
      const response = await fetch(`${app.url}/integrations/json/${key}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ site: "ams", gates: [{ gate: 3, alarm: true, why: "forced" }] }),
      });
      expect(await response.json()).toMatchObject({ accepted: 1 });
    }).toPass();
    await expect(async () => {
      const titles = (await api.incidentsOf(service)).map(({ title }) => title);
      expect(titles).toContain("Gate 3: forced");
    }).toPass();
    await expect(page.getByRole("list", { name: "The last events of the integration" })).toContainText(
      "ams/3",
    );
  });
});
