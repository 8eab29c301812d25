declare namespace Cloudflare {
	/** What `import { env } from "cloudflare:workers"` gives to tests. */
	interface Env extends Readonly<import("../../src/env.ts").Env> {}
}
