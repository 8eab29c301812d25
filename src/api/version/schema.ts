/** Describes which code runs. */

import * as z from "zod/mini";
import { described, named } from "../answer/schema.ts";

const Deploy = z.object({
	id: described(z.string(), "Cloudflare's id of the version: `wrangler versions view <id>`."),
	tag: described(z.nullable(z.string()), "Of `wrangler deploy --tag`."),
	created_at: described(z.nullable(z.string()), "When it was uploaded, in ISO 8601."),
});

export const Version = named(
	"Version",
	"Which code runs.",
	z.object({ version: z.string(), deploy: described(z.nullable(Deploy), "Null on a machine of your own.") }),
);
