/** The entry: what wrangler deploys. */

import type { Env } from "./env.ts";
import { handle } from "./router.ts";

export { Account } from "./account/account.ts";
export { Job } from "./api/jobs/object.ts";

export default { fetch: handle } satisfies ExportedHandler<Env>;
