import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discordMessage } from "#lib/notifications/discord-message";
import { googleChatMessage } from "#lib/notifications/google-chat-message";
import { mattermostMessage } from "#lib/notifications/mattermost-message";
import { ntfyMessage } from "#lib/notifications/ntfy-message";
import type { PageFacts } from "#lib/notifications/page-facts";
import { pushoverMessage } from "#lib/notifications/pushover-message";
import { slackAppMessage } from "#lib/notifications/slack-app-message";
import { teamsMessage } from "#lib/notifications/teams-message";
import { telegramMessage } from "#lib/notifications/telegram-message";
import { makePageFacts } from "#lib/testing/page-facts";

const MEDIA: Record<string, (facts: PageFacts) => object> = {
  slack: slackAppMessage,
  teams: teamsMessage,
  mattermost: (facts) => mattermostMessage(facts, "https://ops.example.com/api/chat/mattermost"),
  discord: discordMessage,
  googleChat: googleChatMessage,
  telegram: telegramMessage,
  ntfy: (facts) => ntfyMessage(facts, "maya"),
  pushover: (facts) => pushoverMessage(facts, "https://ops.example.com/api/chat/pushover/token"),
};
const MEDIUM_NAMES = Object.keys(MEDIA);
const render = (medium: string, facts: PageFacts) => JSON.stringify(MEDIA[medium]?.(facts));

const NOTICE = {
  title: "Your shift begins",
  lines: ["Payments, level 1", "until Friday 09:00"],
  path: "/on-call",
};

describe.each(MEDIUM_NAMES)("a message by %s", (medium) => {
  it("says what, where, and who gets it next", () => {
    const text = render(medium, makePageFacts()).replaceAll("\\\\", "");
    expect(text).toContain("[P1] #1042 checkout-api: Checkout 5xx above 4 %");
    expect(text).toContain("Escalates to Ben Ng at 04:18");
    expect(text).toContain("https://ops.example.com/");
  });

  it("carries the service's runbook, where it has one, and nothing else in its place", () => {
    const runbookUrl = "https://wiki/checkout_5xx?a=1|b&c=(2)";
    const [with_, without] = [render(medium, makePageFacts({ runbookUrl })), render(medium, makePageFacts())];
    expect(with_).toMatch(/https:\/\/wiki\/checkout_5xx\?a=1(\||%7C)b(&|&amp;)c=(\(2\)|%282%29)/);
    expect(with_).toContain("Runbook");
    expect(without).not.toContain("Runbook");
  });

  it("says of a test that it is one", () => {
    expect(render(medium, makePageFacts({}, { incident: null, reason: "test" }))).toContain(
      "Test: Touchline can reach you",
    );
  });

  it("says a notice, and nothing about acknowledging", () => {
    const text = render(medium, makePageFacts({}, { incident: null, notice: NOTICE, reason: "shift" }));
    expect(text).toContain("Your shift begins");
    expect(text.replaceAll("\\\\", "")).toContain("until Friday 09:00");
    expect(text).not.toMatch(/acknowledge/i);
  });
});

const HOSTILE = [
  "<!channel> <!here> <@U123> <#C1>",
  "@everyone @here @all @channel <@123456789> <@&42>",
  "[click](https://evil.example) https://evil.example <https://evil.example|x>",
  `<b>bold</b> <a href="https://evil.example">x</a> <users/all>`,
  "**bold** _it_ `code` ~~x~~ # h1\n> quote",
];

describe.each(HOSTILE)("a title from outside: %j", (title) => {
  const facts = makePageFacts({ title, body: title, serviceName: title });

  it("is plain text to Slack, Teams, Pushover and ntfy", () => {
    for (const block of slackAppMessage(facts).blocks) {
      const texts = block.type === "context" ? block.elements : block.type === "actions" ? [] : [block.text];
      expect(texts.every(({ type }) => type === "plain_text")).toBe(true);
    }
    expect(slackAppMessage(facts).text).not.toMatch(/<[!@#h]/);
    const [{ content }] = teamsMessage(facts).attachments;
    expect(content.body.every(({ type }) => type === "RichTextBlock")).toBe(true);
    expect(JSON.stringify(content)).not.toContain('"entities"');
  });

  it("mentions and links nobody in Markdown", () => {
    for (const text of [
      discordMessage(facts).embeds[0].description,
      mattermostMessage(facts, "").attachments[0].text,
    ]) {
      const ours = text.replaceAll(/\[[^\]]*\]\(https:\/\/ops\.example\.com\/[^)]*\)/g, "");
      expect(ours).not.toMatch(/@[a-z&\d]/i);
      expect(ours).not.toMatch(/(?<!\\)\]\(|https?:\/\//);
    }
    expect(discordMessage(facts).allowed_mentions).toEqual({ parse: [] });
  });

  it("brings no tag of its own into HTML", () => {
    const telegram = telegramMessage(facts).text.match(/<[^>]*>/g) ?? [];
    expect(new Set(telegram)).toEqual(
      new Set(["<b>", "</b>", "<blockquote>", "</blockquote>", "<i>", "</i>"]),
    );
    const paragraphs = JSON.stringify(googleChatMessage(facts).cardsV2[0].card.sections);
    expect(paragraphs).not.toMatch(/<(?!br>)/);
    expect(googleChatMessage(facts).fallbackText).not.toContain("<");
  });
});

describe("limits of the providers", () => {
  it("are kept whatever the texts", { timeout: 20_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => {
        const facts = makePageFacts({ title: text.repeat(2), body: text.repeat(3), serviceName: text });
        const [header] = slackAppMessage(facts).blocks;
        expect(header?.type === "header" && header.text.text.length).toBeLessThanOrEqual(150);
        expect(discordMessage(facts).embeds[0].description.length).toBeLessThanOrEqual(4096);
        expect(telegramMessage(facts).text.replaceAll(/<[^>]*>|&\w+;/g, "").length).toBeLessThanOrEqual(4096);
        const { title, message, url } = pushoverMessage(facts, "");
        expect([title.length <= 250, message.length <= 1024, url.length <= 512]).toEqual([true, true, true]);
        expect(Buffer.byteLength(JSON.stringify(teamsMessage(facts)))).toBeLessThan(28 * 1024);
      }),
    );
  });

  it("name no two buttons of a Slack block alike", () => {
    const runbookUrl = "https://wiki.example.com/checkout";
    for (const reason of ["escalated", "requested", "told"] as const) {
      for (const block of slackAppMessage(makePageFacts({ runbookUrl }, { reason })).blocks) {
        const ids = block.type === "actions" ? block.elements.map(({ action_id: id }) => id) : [];
        expect(new Set(ids).size).toBe(ids.length);
      }
    }
  });

  it("put a button's meaning into Telegram's 64 bytes", () => {
    const buttons = telegramMessage(makePageFacts()).reply_markup.inline_keyboard.flat();
    const answers = buttons.flatMap((button) => ("callback_data" in button ? [button.callback_data] : []));
    expect(answers).toEqual(["acknowledge:QDELIVERY00001", "resolve:QDELIVERY00001"]);
  });
});

describe("urgency", () => {
  const low = makePageFacts({ urgency: "low" });

  it("rings through on ntfy and Pushover when it is high, and only then", () => {
    expect([ntfyMessage(makePageFacts(), "t").priority, ntfyMessage(low, "t").priority]).toEqual([5, 3]);
    expect(pushoverMessage(makePageFacts(), "https://x.example/cb")).toMatchObject({
      priority: "2",
      retry: "60",
      expire: "3600",
      callback: "https://x.example/cb",
    });
    expect(pushoverMessage(low, "").priority).toBe("0");
  });
});
