declare namespace Cloudflare {
	/** Types of `env` and `exports` of "cloudflare:workers" in tests. */
	interface Env extends Readonly<import("../../../src/env.ts").Env> {}
	interface GlobalProps {
		mainModule: typeof import("../../../src/worker.ts");
	}
}
