import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";

const refuse = () => {
  throw new AppError("not_found", "Not Found");
};

const spec = { path: "/{rest}", summary: "Anything that isn't there", tag: "Other" };

/** Answers 404 in the public API's form for paths that aren't there: clients don't understand a web page. */
export const notFoundGet = apiRoute({ ...spec, method: "get" }, refuse);
export const notFoundPost = apiRoute({ ...spec, method: "post" }, refuse);
export const notFoundPut = apiRoute({ ...spec, method: "put" }, refuse);
export const notFoundDelete = apiRoute({ ...spec, method: "delete" }, refuse);
