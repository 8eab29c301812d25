import { expect, it } from "vitest";
import { toPlaygroundLink } from "./playground-link.ts";

const MANIFEST = { customProviders: [{ name: "Dark & room" }], profiles: [] };

it("carries the manifest to the page that may ask this gateway", () => {
	const settings = '{"customProviders":[{"name":"Dark & room"}],"profiles":[]}';
	for (const [origin, page] of [
		["https://pictures.example.org", "https://gpt-image-playground.cooksleep.dev/"],
		["http://localhost:8787", "https://cooksleep.github.io/gpt_image_playground/"],
	] as const) {
		const link = new URL(toPlaygroundLink(origin, MANIFEST));
		expect(link.origin + link.pathname).toBe(page);
		expect(link.searchParams.get("settings")).toBe(settings);
	}
});
