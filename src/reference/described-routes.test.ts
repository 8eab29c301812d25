import { describe, expect, it } from "vitest";
import { DESCRIBED_ROUTES } from "./described-routes.ts";

const TELLS_NOTHING = ["/healthz", "/version", "/integrations/gpt-image-playground.json"];

const titled = DESCRIBED_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const);

describe.each(titled)("%s", (title, route) => {
	const { method, path, access, body, answers, refusals, summary, awaitsJob, head } = route;
	const scope = route.access === "key" ? route.scope : null;

	it("stands once in the table", () => {
		expect(titled.filter(([other]) => other === title)).toHaveLength(1);
	});

	it("says in a line what it does and when it gives which answer", () => {
		expect(summary).toMatch(/^[A-Z].*[^.]$/);
		expect(answers.length).toBeGreaterThan(0);
		for (const { status, when, json, events, picture, csv, metrics } of answers) {
			expect(when).toMatch(/^[A-Z].*[^.]$/);
			const bodies = [json, events, picture, csv, metrics].filter((kind) => kind !== undefined);
			expect(bodies).toHaveLength(status === 204 || status === 304 || method === "HEAD" ? 0 : 1);
		}
	});

	it("wants a key, unless it checks a signature or tells nothing of an account", () => {
		const signed = refusals.includes("forbidden_link") || refusals.includes("forged_webhook");
		expect(access).toBe(signed || TELLS_NOTHING.includes(path) ? "open" : "key");
	});

	it("makes jobs or reads, if it is not for the owner alone", () => {
		const administers = ["/v1/keys", "/v1/accounts", "/v1/fal", "/metrics"].some((start) => path.startsWith(start));
		const reads = method === "GET" || path === "/v1/quote";
		const usual = administers ? "admin" : reads ? "read" : "make";
		expect(scope).toBe(access === "open" ? null : usual);
		if (administers) expect(refusals).toContain("scope_missing");
	});

	it("leaves an issued key to the admission if it makes a job, and only then", () => {
		const admits = route.access === "key" && route.admits === true;
		expect(admits).toBe(scope === "make" && body !== undefined);
	});

	it("may refuse a body that it reads, and an id that it does not know", () => {
		if (body !== undefined) {
			expect(["POST", "PATCH"]).toContain(method);
			expect(refusals).toEqual(expect.arrayContaining(["invalid_json", "invalid_value", "body_too_large"]));
		}
		if (path.includes(":")) expect(refusals.some((kind) => kind.endsWith("not_found"))).toBe(true);
	});

	it("answers HEAD by itself if its handler waits or streams", () => {
		const waits = awaitsJob || answers.some(({ events }) => events !== undefined);
		if (method === "GET" && waits) expect(head).toBeTypeOf("function");
		if (method !== "GET") expect(head).toBeUndefined();
	});

	it("may fail as a job does if it waits for one", () => {
		const makes = body !== undefined && scope === "make" && answers.some(({ status }) => status === 200);
		const waits = makes || title === "GET /v1/chat/completions/:id";
		expect(awaitsJob ?? false).toBe(waits);
	});
});

it("no route hides behind an earlier one of the same method", () => {
	const patternOf = (path: string) => new RegExp(`^${path.replace(/:\w+\+/g, ".+").replace(/:\w+/g, "[^/]+")}$`);
	for (const [index, { method, path }] of DESCRIBED_ROUTES.entries()) {
		const earlier = DESCRIBED_ROUTES.slice(0, index).filter((route) => route.method === method);
		const example = path.replace(/:\w+\+?/g, "x");
		expect(earlier.filter((route) => patternOf(route.path).test(example)).map((route) => route.path)).toEqual([]);
	}
});
