import { describe, expect, it } from "vitest";
import { appOf, readQueueAddress, requestUrls } from "./addresses.ts";

describe("readQueueAddress", () => {
	it.each([
		["/fal-ai/imagen4/preview", { kind: "submit", endpoint: "fal-ai/imagen4/preview" }],
		["/fal-ai/imagen4/preview/", { kind: "submit", endpoint: "fal-ai/imagen4/preview" }],
		["/fal-ai/imagen4/requests/r-1", { kind: "request", app: "fal-ai/imagen4", id: "r-1", part: "result" }],
		["/fal-ai/imagen4/requests/r-1/response", { kind: "request", app: "fal-ai/imagen4", id: "r-1", part: "result" }],
		["/fal-ai/imagen4/requests/r-1/status", { kind: "request", app: "fal-ai/imagen4", id: "r-1", part: "status" }],
		["/a/b/c/requests/r-1/status/stream", { kind: "request", app: "a/b/c", id: "r-1", part: "stream" }],
		["/a/b/requests/r-1/cancel", { kind: "request", app: "a/b", id: "r-1", part: "cancel" }],
	])("parses %s", (path, address) => {
		expect(readQueueAddress(path)).toEqual(address);
	});

	it.each(["/", "/fal-ai", "/a/b/requests/r-1/unknown", "/a/b/requests/r-1/toString", "/a/b/requests/r-1/"])(
		"does not accept %s",
		(path) => {
			expect(readQueueAddress(path)).toBeUndefined();
		},
	);

	it("parses the addresses that requestUrls builds", () => {
		const urls = Object.values(requestUrls("https://queue.test", "fal-ai/imagen4/preview/ultra", "r-1"));
		expect(urls.map((url) => readQueueAddress(new URL(url).pathname))).toMatchObject([
			{ app: "fal-ai/imagen4", id: "r-1", part: "result" },
			{ app: "fal-ai/imagen4", id: "r-1", part: "status" },
			{ app: "fal-ai/imagen4", id: "r-1", part: "cancel" },
		]);
	});
});

describe("appOf", () => {
	it.each([
		["fal-ai/imagen4", "fal-ai/imagen4"],
		["fal-ai/imagen4/preview/ultra", "fal-ai/imagen4"],
		["workflows/someone/name/more", "workflows/someone/name"],
		["comfy/someone/name", "comfy/someone/name"],
	])("of %s is %s", (endpoint, app) => {
		expect(appOf(endpoint)).toBe(app);
	});
});
