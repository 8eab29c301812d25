import { describe, expect, it } from "vitest";
import { NOW } from "../test/support/make.ts";
import { makeRow } from "../test/support/make-simulated.ts";
import { chargeOf, isAbout, sumUp } from "./bill.ts";
import type { PlanChanges } from "./plan.ts";

const LATER = NOW + 3_600_000;

function chargeFor(endpoint: string, body: object, plan: PlanChanges = {}) {
	return chargeOf(makeRow({ endpoint, body: JSON.stringify({ prompt: "a red fox", ...body }), plan }), LATER);
}

describe("chargeOf", () => {
	it.each([
		["fal-ai/imagen4/preview", { num_images: 3 }, 150_000],
		["fal-ai/flux/schnell", { image_size: { width: 1024, height: 1024 } }, 3_000],
		["fal-ai/flux/schnell", { image_size: { width: 1040, height: 1024 }, num_images: 2 }, 12_000],
		["fal-ai/nano-banana-2", { resolution: "0.5K" }, 60_000],
		["fal-ai/nano-banana-2", { resolution: "1K" }, 80_000],
		["fal-ai/nano-banana-2", { resolution: "4K", num_images: 2 }, 320_000],
		["fal-ai/gpt-image-1.5", {}, null],
	])("of %s for %j is $%d millionths", (endpoint, body, microUsd) =>
		expect(chargeFor(endpoint, body)).toMatchObject({ endpoint, microUsd }),
	);

	it.each<PlanChanges>([
		{ outcome: "content-policy" },
		{ outcome: "server-error" },
		{ outcome: "no-images" },
		{ outcome: "film" },
		{ hold: "run" },
	])("is nothing for %j", (plan) => expect(chargeFor("fal-ai/imagen4/preview", {}, plan)).toBeNull());

	it("is nothing for a request that was cancelled, or that the model refuses", () => {
		expect(chargeOf(makeRow({ marks: { cancelledAt: NOW } }), LATER)).toBeNull();
		expect(chargeFor("fal-ai/imagen4/preview", { num_images: 99 })).toBeNull();
	});

	it("is for blacked-out pictures, too", () =>
		expect(chargeFor("fal-ai/imagen4/preview", {}, { outcome: "nsfw" })).toMatchObject({ pictures: 1 }));
});

describe("sumUp", () => {
	it("has a row for each day and endpoint, in their order", () => {
		const charge = { day: "2026-11-02", endpoint: "b", pictures: 2, microUsd: 5 };
		expect(
			sumUp([
				charge,
				{ ...charge, day: "2026-11-01" },
				{ ...charge, pictures: 1 },
				{ ...charge, endpoint: "a", microUsd: null },
			]),
		).toEqual([
			{ day: "2026-11-01", endpoint: "b", requests: 1, pictures: 2, microUsd: 5 },
			{ day: "2026-11-02", endpoint: "a", requests: 1, pictures: 2, microUsd: null },
			{ day: "2026-11-02", endpoint: "b", requests: 2, pictures: 3, microUsd: 10 },
		]);
	});
});

it("finds a request by a part of its prompt", () => {
	expect([isAbout(makeRow(), "red f"), isAbout(makeRow(), "blue")]).toEqual([true, false]);
});
