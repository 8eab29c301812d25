declare namespace Cloudflare {
	/** What `import { env, exports } from "cloudflare:workers"` gives to tests. */
	interface Env extends Readonly<import("../../../src/env.ts").Env> {}
	interface GlobalProps {
		mainModule: typeof import("../../../src/worker.ts");
	}
}
