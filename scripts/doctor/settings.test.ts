import { describe, expect, it } from "vitest";
import { parseOrder, type Variables } from "./settings.ts";

const KEY = { FAL_API_KEY: "id:secret" };

function parse(args: readonly string[], vars: Variables = KEY) {
	return parseOrder(args, vars, ["submit", "jwks"]);
}
function settingsOf(args: readonly string[], vars: Variables = KEY) {
	const order = parse(args, vars);
	return order.ok && order.value.kind === "ask" ? order.value.settings : order;
}

describe("parseOrder", () => {
	it("asks fal everything with the key that is given", () => {
		expect(settingsOf([], { FAL_API_KEY: " id:secret\n", FAL_ADMIN_KEY: "" })).toEqual({
			target: {
				queueUrl: "https://queue.fal.run",
				apiUrl: "https://api.fal.ai",
				schemaUrl: "https://fal.ai/api/openapi/queue/openapi.json",
				jwksUrl: "https://rest.fal.ai/.well-known/jwks.json",
				key: "id:secret",
				adminKey: null,
			},
			isFal: true,
			only: null,
			yes: false,
			json: false,
			publicUrl: null,
			webhookPort: 8789,
		});
	});

	it("asks with the first key of a list", () => {
		expect(settingsOf([], { FAL_API_KEY: "id:secret, id-2:secret-2" })).toMatchObject({ target: { key: "id:secret" } });
	});

	it("reads the options", () => {
		const args = ["--yes", "--json", "--only", "jwks,submit", "--only", "jwks", "--public-url", "https://a.example/x/"];
		expect(settingsOf([...args, "--webhook-port", "9000"])).toMatchObject({
			yes: true,
			json: true,
			only: ["jwks", "submit", "jwks"],
			publicUrl: "https://a.example/x",
			webhookPort: 9000,
		});
	});

	it("asks another queue for everything, so that its key never goes to fal", () => {
		const vars = { ...KEY, FAL_QUEUE_URL: "http://localhost:8788/" };
		expect(settingsOf([], vars)).toMatchObject({
			isFal: false,
			target: {
				queueUrl: "http://localhost:8788",
				apiUrl: "http://localhost:8788",
				schemaUrl: "http://localhost:8788/api/openapi/queue/openapi.json",
				jwksUrl: "http://localhost:8788/.well-known/jwks.json",
			},
		});
		expect(settingsOf([], { ...vars, FAL_API_URL: "http://localhost:9/api" })).toMatchObject({
			target: { apiUrl: "http://localhost:9/api" },
		});
	});

	it("needs no key for help and the list", () => {
		expect(parse(["--help"], {})).toEqual({ ok: true, value: { kind: "help" } });
		expect(parse(["--list"], {})).toEqual({ ok: true, value: { kind: "list" } });
	});

	it.each([
		[[], {}, /FAL_API_KEY is not set/],
		[[], { FAL_API_KEY: "  " }, /FAL_API_KEY is not set/],
		[[], { FAL_API_KEY: "id:sec ret" }, /^FAL_API_KEY holds a character/],
		[[], { ...KEY, FAL_ADMIN_KEY: "schlüssel" }, /^FAL_ADMIN_KEY holds a character/],
		[[], { ...KEY, FAL_QUEUE_URL: "queue.fal.run" }, /^FAL_QUEUE_URL must be/],
		[[], { ...KEY, FAL_API_URL: "https://u:p@api.fal.ai" }, /^FAL_API_URL must be/],
		[["--only", "submit,nothing"], KEY, /no question 'nothing'/],
		[["--public-url", "ftp://a"], KEY, /--public-url/],
		[["--webhook-port", "0"], KEY, /--webhook-port/],
		[["--webhook-port", "65536"], KEY, /--webhook-port/],
		[["--unknown"], KEY, /--unknown/],
		[["a-key-by-mistake"], KEY, /positional/],
	])("refuses %j with %j", (args, vars, message) => {
		const order = parse(args, vars);
		expect(order).toMatchObject({ ok: false, error: expect.stringMatching(message) });
		expect(JSON.stringify(order)).not.toMatch(/sec ret|schlüssel|u:p@/);
	});
});
