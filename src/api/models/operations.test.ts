import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../models/catalogue/index.ts";
import { drawerOf } from "../../models/drawer.ts";
import { toFalInput } from "../../models/fal-input.ts";
import { findRow } from "../../models/list.ts";
import { resolveModel } from "../../models/names.ts";
import type { ImageRequest, InputRole } from "../../models/request.ts";
import { type ImageFields, toImageRequest } from "../request/image-request.ts";

const ALL = { offered: { kind: "all" }, defaultModel: "" } as const;
const WAYS = [
	["generation", []],
	["edit", ["image"]],
	["masked_edit", ["image", "mask"]],
] as const;

/** Every operation of every model, and of one that no catalogue has. */
const OPERATIONS = [...CATALOGUE.map(({ id }) => id), "fal-ai/flux/krea", "acme/never-heard-of"].flatMap((id) => {
	const row = findRow(id, { kind: "all", named: [id] });
	if (!row.ok) throw new Error(id);
	return WAYS.flatMap(([name, roles]) => {
		const operation = row.value.operations[name];
		return operation === null ? [] : [{ id, name, roles, operation }];
	});
});

type Case = (typeof OPERATIONS)[number];

/** The body that fal gets, with all its texts in lower case. */
function inputFor({ id, operation }: Case, roles: readonly InputRole[], more: Omit<ImageFields, "prompt">): object {
	const prompt = operation.required_parameters.includes("prompt") ? "a fox" : "";
	const catalogue = { ...ALL, offered: { kind: "all", named: [id] } } as const;
	const request = toImageRequest(
		{ model: id, prompt, ...more },
		catalogue,
		roles.map((role) => ({ role })),
	);
	if (!request.ok) throw new Error(`${id} refuses ${JSON.stringify(more)}: ${JSON.stringify(request.error)}`);
	const input = toFalInput(drawer(request.value, roles), { ...request.value, inputs: linksOf(roles) });
	if (!input.ok) throw new Error(JSON.stringify(input.error));
	return JSON.parse(JSON.stringify(input.value.input).toLowerCase());
}

function linksOf(roles: readonly InputRole[]) {
	return roles.map((role) => ({ role, source: { kind: "link" as const, url: "https://a.test/b.png" } }));
}

function drawer(request: ImageRequest, roles: readonly InputRole[]) {
	const model = resolveModel(request.model);
	if (model === null) throw new Error(request.model);
	return drawerOf(model, { inputs: linksOf(roles) });
}

function valuesOf(input: object): readonly unknown[] {
	return Object.values(input);
}

/** fal's words for the levels that the API calls by the first. */
const LEVELS: Readonly<Record<string, readonly string[]>> = {
	"1K": ["1k", "1mp"],
	"2K": ["2k", "4mp"],
	"4K": ["4k"],
};
const QUALITIES: Readonly<Record<string, readonly string[]>> = {
	low: ["low", "turbo"],
	medium: ["medium", "balanced"],
	high: ["high", "quality"],
};

describe("a request that asks for what the list of models says", () => {
	it("comes to each listed size", () => {
		for (const found of OPERATIONS) {
			const { sizes } = found.operation;
			if (sizes.kind !== "list") continue;
			for (const size of sizes.sizes) expect(valuesOf(inputFor(found, found.roles, { size }))).toContain(size);
		}
	});

	it("comes to any pixels within the bounds", () => {
		const inPixels = OPERATIONS.filter(({ operation }) => operation.sizes.kind === "pixels");
		const side = fc.integer({ min: 0, max: 1000 });
		fc.assert(
			fc.property(fc.constantFrom(...inPixels), side, side, (found, x, y) => {
				const { sizes } = found.operation;
				if (sizes.kind !== "pixels") return;
				const { min, max, multiple, min_area, max_area, max_elongation } = sizes;
				const steps = (max - min) / multiple + 1;
				const [width, height] = [min + (x % steps) * multiple, min + (y % steps) * multiple];
				fc.pre(Number.isInteger(steps));
				fc.pre(width * height >= (min_area ?? 0) && width * height <= (max_area ?? Number.POSITIVE_INFINITY));
				fc.pre(Math.max(width, height) <= Math.min(width, height) * (max_elongation ?? Number.POSITIVE_INFINITY));
				const input = inputFor(found, found.roles, { size: `${width}x${height}` });
				expect(valuesOf(input)).toContainEqual({ width, height });
			}),
			{ numRuns: 500 },
		);
	});

	it("comes to each listed resolution, quality, format, background, count and seed", () => {
		for (const found of OPERATIONS) {
			const { operation, roles } = found;
			for (const resolution of operation.resolutions) {
				const input = inputFor(found, roles, {
					resolution: resolution.toLowerCase(),
					params: { resolution: "resolution" },
				});
				expect(LEVELS[resolution]).toContain(Object.entries(input).find(([name]) => name === "resolution")?.[1]);
			}
			for (const quality of operation.qualities) {
				const words = QUALITIES[quality] ?? [];
				expect(words.some((word) => valuesOf(inputFor(found, roles, { quality })).includes(word))).toBe(true);
			}
			for (const outputFormat of operation.output_formats) {
				const format = valuesOf(inputFor(found, roles, { outputFormat }));
				expect(format.includes(outputFormat) || (outputFormat === "jpeg" && format.includes("jpg"))).toBe(true);
			}
			for (const background of operation.backgrounds) {
				expect(inputFor(found, roles, { background })).toMatchObject({ background });
			}
			expect(inputFor(found, roles, { n: 10 })).toBeDefined();
			const takesSeed = operation.supported_parameters.includes("seed");
			expect(valuesOf(inputFor(found, roles, { seed: 4711 })).includes(4711)).toBe(takesSeed);
		}
	});

	it("may bring as many pictures as are listed, and asks the same with each count of them", () => {
		for (const found of OPERATIONS.filter(({ name }) => name !== "generation")) {
			const sent = { ...(found.operation.sizes.kind === "none" ? {} : { size: "1:1" }), outputFormat: "png", seed: 7 };
			const one = inputFor(found, found.roles, sent);
			for (let count = 2; count <= found.operation.max_images; count += 1) {
				const roles: InputRole[] = [...found.roles, ...Array.from({ length: count - 1 }, () => "image" as const)];
				expect(inputFor(found, roles, sent)).toEqual(one);
			}
		}
	});

	it("says null of what is refused", () => {
		const refused = CATALOGUE.flatMap(({ id }) => {
			const row = findRow(id, ALL.offered);
			return WAYS.filter(([name]) => row.ok && row.value.operations[name] === null).map(([, roles]) => ({ id, roles }));
		});
		expect(refused.length).toBeGreaterThan(10);
		for (const { id, roles } of refused) {
			const wanted = roles.map((role) => ({ role }));
			expect(toImageRequest({ model: id, prompt: "a fox" }, ALL, wanted).ok).toBe(false);
		}
	});
});
