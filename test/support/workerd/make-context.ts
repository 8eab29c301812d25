import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Context } from "../../../src/context.ts";
import { makeConfig } from "./make-config.ts";

/** Makes the context of a route for tests that call a handler, or what lies below one, without a request over the wire. */
export function makeContext(overrides: Partial<Context> = {}): Context {
	return {
		env,
		config: makeConfig(),
		ctx: createExecutionContext(),
		requestId: "req_0123456789abcdef0123456789abcdef",
		nameJob: () => {},
		nameCaller: () => {},
		addHeaders: () => {},
		origin: "https://gateway.test",
		params: {},
		caller: { account: "owner", key: null, scopes: ["make", "read", "admin"] },
		...overrides,
	};
}
