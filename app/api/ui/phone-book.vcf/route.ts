import { uiRoute } from "#lib/http/ui-route";
import { readPhoneBook } from "#lib/notifications/queries/phone-book";

/** The numbers that texts and calls come from, to be saved as a contact. */
export const GET = uiRoute({}, async ({ ctx }) => {
  const card = await readPhoneBook(ctx);
  return new Response(card, {
    headers: {
      "content-type": "text/vcard; charset=utf-8",
      "content-disposition": 'attachment; filename="touchline.vcf"',
    },
  });
});
